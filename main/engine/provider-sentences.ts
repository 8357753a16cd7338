/**
 * What a probe encodes: everyday sentences of many lengths in the sixteen languages that both bundled encoders know, so that a speed measured on them is
 * the speed of real text.
 */
export const probeSentences: readonly string[] = [
  // English
  'The ferry leaves at seven in the morning.', 'Nobody knew why the old mill had been closed.', 'Please sign both copies of the contract and send one of them back to our office before the end of the month.',
  'Rain.', 'She learned to swim in the lake behind her grandparents’ house.', 'According to the report, water levels in the river have fallen for the third year in a row.', 'Where can I buy a ticket?',
  'The committee postponed its decision because two of its members were ill.', 'He mends watches.', 'In spring the valley fills with the smell of wild garlic, and people come from the towns to gather it.',
  'The museum is open daily except Mondays.', 'Can you hear me now?', 'A small bakery on the corner has been selling the same bread for ninety years.',
  // German
  'Der Zug nach Leipzig hat zwanzig Minuten Verspätung.', 'Im Herbst werden die Wege im Park mit Laub bedeckt sein.', 'Die Gemeinde hat beschlossen, die alte Brücke zu sanieren, statt eine neue zu bauen.',
  'Wo ist der Schlüssel?', 'Meine Tante züchtet seit vielen Jahren Bienen.', 'Bitte beachten Sie, dass die Bibliothek wegen Inventur bis einschließlich Freitag geschlossen bleibt.', 'Es schneit.',
  'Der Arzt riet ihm, weniger Salz zu essen und jeden Tag spazieren zu gehen.', 'Sie übersetzt Romane aus dem Finnischen.', 'Auf dem Markt gab es frische Kirschen, Spargel und den ersten Rhabarber des Jahres.',
  'Das Konzert beginnt um acht.', 'Niemand hatte mit einem so knappen Ergebnis gerechnet.', 'Die Kinder bauten aus Steinen einen kleinen Damm im Bach.',
  // French
  'Le marché se tient chaque samedi sur la place de l’église.', 'Il pleut depuis trois jours.', 'Les chercheurs ont observé que les oiseaux revenaient plus tôt qu’autrefois dans cette région de montagne.',
  'Où se trouve la gare ?', 'Ma sœur apprend le violon avec un professeur très patient.', 'Le conseil municipal a voté la construction d’une piste cyclable le long du canal.', 'Bonne nuit.',
  'Nous avons attendu le bus pendant plus d’une heure, puis nous sommes rentrés à pied.', 'Ce fromage vient d’une petite ferme.', 'La lettre, écrite il y a plus d’un siècle, a été retrouvée derrière une armoire du grenier.',
  'Le musée ferme à dix-huit heures.', 'Personne n’a répondu.', 'Elle préfère le thé sans sucre.',
  // Spanish
  'El panadero se levanta todos los días a las cuatro.', '¿Cuánto cuesta este sombrero?', 'La vieja estación de tren se ha convertido en una biblioteca con un jardín muy tranquilo.',
  'Mañana no habrá clase.', 'Los pescadores esperaron a que pasara la tormenta antes de salir del puerto.', 'Según los vecinos, el ruido de las obras empieza cada mañana antes de las siete.', 'Tengo sed.',
  'Mi abuelo plantó este olivo cuando nació mi madre.', 'El río baja muy crecido este invierno.', 'Se ruega a los pasajeros que tengan preparados su billete y su documento de identidad.',
  'La película fue más larga de lo que pensábamos.', 'Ella habla cinco idiomas.', 'Cerraron la carretera por la nieve.',
  // Italian
  'Il treno per Bologna parte dal terzo binario.', 'Mio fratello ripara biciclette.', 'La scuola ha organizzato una gita al lago per tutti gli alunni della prima classe.',
  'Che ore sono?', 'Dopo la vendemmia il paese festeggia per tre giorni con musica e vino nuovo.', 'Il medico arriverà domani.', 'Le finestre della casa danno su un cortile pieno di limoni.',
  'Non trovo più i miei occhiali.', 'Il prezzo del grano è salito per il quarto mese consecutivo.', 'Hanno scritto una lettera al sindaco per chiedere più alberi nella piazza.', 'Fa freddo.', 'Domani andiamo al mare se il tempo lo permette.',
  // Dutch
  'De brug gaat open voor het zeilschip.', 'Zij werkt al tien jaar in het ziekenhuis van Groningen.', 'Wie heeft mijn paraplu gezien?', 'Door de aanhoudende droogte mag er overdag geen water uit de sloten worden gehaald.',
  'De kaas ligt op tafel.', 'Het boek dat je me leende, heb ik in één avond uitgelezen.', 'Morgen vriest het.', 'De gemeente plant langs de hele laan nieuwe lindebomen.', 'Hij bakt brood.', 'We fietsten langs de rivier tot het donker werd.',
  'De winkel op de hoek verkoopt tweedehands fietsen.', 'Kunt u dat herhalen?',
  // Polish
  'Pociąg do Gdańska odjeżdża za pięć minut.', 'Babcia piecze najlepszy chleb w całej wsi.', 'Gdzie jest apteka?', 'Rada miasta zdecydowała, że stary młyn zostanie zamieniony na muzeum.', 'Wczoraj spadł pierwszy śnieg.',
  'Nauczycielka poprosiła uczniów, żeby przynieśli na lekcję liście różnych drzew.', 'Nie mam czasu.', 'Po burzy przez kilka godzin nie było prądu.', 'Ona gra na skrzypcach.', 'Zapomniałem zabrać parasola, więc wróciłem do domu zupełnie mokry.',
  'Lato w górach jest krótkie.', 'Czy ta droga prowadzi nad jezioro?',
  // Portuguese
  'O barco chega ao porto ao meio-dia.', 'Minha avó guarda as receitas num caderno azul.', 'Onde fica a farmácia?', 'Os moradores pediram à prefeitura que plantasse mais árvores na avenida principal.', 'Está muito calor hoje.',
  'O professor explicou o problema três vezes até que todos entendessem.', 'Boa viagem!', 'A ponte velha foi fechada para reparos e só reabre no próximo ano.', 'Eles vendem peixe fresco.', 'Quando era criança, passava todas as férias na casa dos meus tios, perto do rio.',
  'O café está na mesa.', 'Ninguém sabe a resposta.',
  // Russian
  'Поезд прибывает на второй путь.', 'Моя сестра учится играть на скрипке.', 'Где ближайшая аптека?', 'Жители деревни решили сами починить старый мост через ручей.', 'Зимой здесь рано темнеет.', 'Учёные обнаружили, что уровень воды в озере снижается уже третий год подряд.',
  'Спокойной ночи.', 'Он забыл зонт в автобусе и вернулся домой совершенно мокрым.', 'Хлеб ещё тёплый.', 'Библиотека закрыта по понедельникам.', 'После ужина дедушка рассказывал нам истории о море.', 'Сколько это стоит?',
  // Turkish
  'Vapur her sabah saat yedide kalkıyor.', 'Anneannem bahçede domates yetiştiriyor.', 'En yakın eczane nerede?', 'Belediye, nehir boyunca yeni bir bisiklet yolu yapmaya karar verdi.', 'Dün ilk kar yağdı.', 'Öğretmen soruyu üç kez açıkladı ama yine de kimse cevap veremedi.',
  'İyi geceler.', 'Kütüphane pazartesi günleri kapalıdır.', 'Çay hazır.', 'Fırtına dindikten sonra balıkçılar yeniden denize açıldılar.', 'Bu ekmeği kim yaptı?', 'Çocuklar derede taşlardan küçük bir baraj kurdular.',
  // Arabic
  'يغادر القطار في الساعة السابعة صباحا.', 'جدتي تخبز أفضل خبز في القرية.', 'أين أقرب صيدلية؟', 'قررت البلدية ترميم الجسر القديم بدلا من بناء جسر جديد.', 'نزل المطر أمس لأول مرة منذ شهور.', 'طلبت المعلمة من التلاميذ أن يحضروا أوراق أشجار مختلفة إلى الدرس.',
  'تصبح على خير.', 'المكتبة مغلقة يوم الاثنين.', 'الشاي جاهز.', 'لم يعرف أحد لماذا أغلقت الطاحونة.', 'بكم هذه القبعة؟', 'تعلمت السباحة في البحيرة خلف بيت جدي.',
  // Chinese
  '火车七点钟出发。', '奶奶做的面包是全村最好吃的。', '最近的药店在哪里？', '村民们决定自己动手修理那座旧桥。', '昨天下了今年的第一场雪。', '根据报告，河流的水位已经连续第三年下降。', '晚安。', '图书馆星期一不开放。', '茶已经泡好了。', '老师把这个问题讲了三遍，大家才明白。', '這家小店賣的是自己烤的麵包。', '請在月底以前把合約寄回我們的辦公室。', '孩子們在小溪裡用石頭築了一道小水壩。',
  // Japanese
  '電車は七時に出発します。', '祖母の焼くパンは村で一番おいしい。', '一番近い薬局はどこですか。', '村の人たちは古い橋を自分たちで直すことにした。', '昨日、今年初めての雪が降った。', '報告によると、川の水位は三年続けて下がっている。', 'おやすみなさい。', '図書館は月曜日が休みです。', 'お茶が入りました。', '子どもたちは小川に石で小さなダムを作った。', '傘をバスに忘れて、ずぶぬれで家に帰った。', 'この帽子はいくらですか。',
  // Korean
  '기차는 아침 일곱 시에 출발합니다.', '할머니가 구운 빵은 마을에서 제일 맛있다.', '가장 가까운 약국이 어디예요?', '마을 사람들은 오래된 다리를 직접 고치기로 했다.', '어제 올해 첫눈이 내렸다.', '보고서에 따르면 강의 수위가 삼 년째 낮아지고 있다.', '안녕히 주무세요.', '도서관은 월요일에 쉽니다.', '차가 준비되었어요.', '선생님은 모두가 이해할 때까지 문제를 세 번 설명했다.', '이 모자는 얼마예요?', '아이들은 개울에 돌로 작은 둑을 쌓았다.',
  // Thai
  'รถไฟออกเวลาเจ็ดโมงเช้า', 'คุณยายอบขนมปังอร่อยที่สุดในหมู่บ้าน', 'ร้านขายยาที่ใกล้ที่สุดอยู่ที่ไหน', 'ชาวบ้านตัดสินใจซ่อมสะพานเก่าด้วยตัวเอง', 'เมื่อวานฝนตกเป็นครั้งแรกในรอบหลายเดือน', 'ห้องสมุดปิดทุกวันจันทร์', 'ราตรีสวัสดิ์', 'เด็ก ๆ ช่วยกันก่อหินเป็นเขื่อนเล็ก ๆ ในลำธาร', 'หมวกใบนี้ราคาเท่าไร', 'ครูอธิบายโจทย์ข้อนี้สามครั้งกว่าทุกคนจะเข้าใจ', 'ชาพร้อมแล้ว', 'พรุ่งนี้ไม่มีเรียน',
];
