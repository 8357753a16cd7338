import { baseLanguage } from '../../text/language-code.ts';

/**
 * Numbers in words: does a text say this value without digits?
 *
 * Good enough to keep a check quiet, not to read numbers: stems of 0 to 12 by language, what larger numbers are made of, Chinese numerals, Roman
 * numerals, months and halves. Month names are CLDR's, through the runtime.
 */

type Words = { /** Stems of 0 to 12, `/` between alternatives. */ readonly small: readonly string[]; /** What larger numbers have in them. */ readonly large: string };

const words = (small: string, large: string): Words => ({ small: small.split(' '), large });

const table: Readonly<Record<string, Words>> = {
  en: words('zero/no/none/nil one/first/once/single/a/an/only two/second/twice/both/pair/couple/half/double three/third/thrice/triple four/quarter five/fif six seven eight nine/nin ten eleven twel/dozen', 'teen|twent|thirt|fort|fift|sixt|sevent|eight|ninet|hundred|thousand|million|dozen|score|decade|centur'),
  de: words('null/kein ein/erst zwei/zwo/beid/paar/halb/doppel drei/dritt vier fünf sechs sieb acht neun zehn elf zwölf/dutzend', 'zehn|zig|ßig|hundert|tausend|million|dutzend|jahrzehnt|jahrhundert'),
  fr: words('zéro/aucun un/une/premi deux/second/demi/double trois/tiers/troisi quatre/quatri/quart cinq six/sixi sept huit neuf/neuvi dix onze douz', 'ze|vingt|trent|quarant|cinquant|soixant|cent|mill|dizaine|décenni|siècle'),
  es: words('cero/ningun un/una/uno/primer dos/segund/medi/doble/ambos tres/terc cuatro/cuart cinco/quint seis/sext siete/sépt ocho/octav nueve/noven diez/décim once/undéc doce/duodéc', 'ce|diec|veint|treint|cuarent|cincuent|sesent|setent|ochent|novent|cien|quinient|mil|década|siglo'),
  it: words('zero/nessun un/prim due/second/mezz/doppi/entramb tre/terz quattr/quart cinque/quint sei/sest sett otto/ottav nove/non dieci/decim undic dodic', 'dici|vent|trent|quarant|cinquant|sessant|settant|ottant|novant|cent|mill|mila|secol'),
  pt: words('zero/nenhum um/uma/primeir dois/duas/segund/mei/ambos três/terceir quatro/quart cinco/quint seis/sext sete/sétim oito/oitav nove/non dez/décim onze doze', 'ze|dez|vint|trint|quarent|cinquent|sessent|setent|oitent|novent|cem|cent|mil|década|século'),
  nl: words('nul/geen een/één/eerst twee/beid/half/dubbel drie/derd vier/vierd vijf zes zeven acht negen tien/tiend elf twaalf', 'tien|tig|honderd|duizend|miljoen|eeuw'),
  ru: words('ноль/нуль/ни од/перв дв/втор/оба/обе/пол/пара тр/трет/трёх/трех четыр/четвер/четвёр пят шест сем/седьм восьм/восем девят десят одиннадцат двенадцат', 'надцат|дцат|сорок|десят|девяност|сто|сот|двест|тысяч|миллион|век'),
  uk: words('нуль од/перш дв/друг/оби/пів тр/трет чотир/четвер п’ят/п\'ят шіст/шост сім/сьом вісім/восьм дев’ят/дев\'ят десят одинадцят дванадцят', 'надцят|дцят|сорок|десят|сто|сот|двіст|тисяч|мільйон|столітт'),
  pl: words('zero jed/pierwsz dw/drug/oba/obie/pół trz/trzec czter/czwart pięć/piąt/pięci sześ/szóst siedem/siódm osiem/ósm dziewię dziesię jedenast dwanaś', 'naście|nast|dzieścia|dziesiąt|dziest|sto|set|tysi|milion|wiek'),
  cs: words('nul jed/prv dv/druh/oba/obě/půl tř/třet čtyř/čtvr pět/pát šest sedm osm devět/devát deset/desát jedenáct dvanáct', 'náct|dvacet|třicet|cet|desát|sto|set|tisíc|milion|stolet'),
  sv: words('noll/ingen en/ett/först två/andra/båda/halv tre/tredj fyra/fjärd fem sex/sjätt sju åtta/ått nio ti elv tolv/tolf', 'ton|tio|tjugo|hundra|tusen|miljon|sekel'),
  da: words('nul/ingen en/et/først to/anden/begge/halv tre/tredj fire/fjerd fem seks/sjett syv otte ni ti elve tolv', 'ten|tyve|tredive|fyrre|halv|tres|firs|hundred|tusind|million'),
  tr: words('sıfır bir/ilk/tek iki/çift/yarı üç dört beş altı yedi sekiz dokuz on onbir/on oniki/on', 'yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|yüz|bin|milyon|yüzyıl'),
  ar: words('صفر واحد/أول/الأول/أحد اثن/ثان/مرتين/نصف ثلاث/ثالث أربع/رابع خمس/خامس ست/سادس سبع/سابع ثمان/ثامن تسع/تاسع عشر/عاشر عشر عشر', 'عشر|ثلاثين|ثلاثون|أربعين|أربعون|خمسين|خمسون|مئة|مائة|مئت|ألف|مليون|قرن'),
  he: words('אפס אחד/אחת/ראשון שני/שתי/חצי שלוש/שליש ארבע/רביע חמש/חמיש שש/שיש שבע/שביע שמונ/שמינ תשע/תשיע עשר/עשיר עשר עשר', 'עשר|שלושים|ארבעים|חמישים|שישים|מאה|מאות|אלף|מיליון'),
  fa: words('صفر یک/اول دو/نیم سه/سوم چهار پنج شش هفت هشت نه ده یازده دوازده', 'بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|صد|هزار|میلیون|قرن'),
  hi: words('शून्य एक/पहल/प्रथम दो/दूसर/दोनों/आध तीन/तीसर चार/चौथ पांच/पाँच छह/छः/छठ सात आठ नौ दस ग्यारह बारह', 'ह|बीस|तीस|चालीस|पचास|साठ|सत्तर|अस्सी|नब्बे|सौ|हज़ार|हजार|लाख|करोड़|सदी'),
  ko: words('영/없 하나/한/첫/일 둘/두/이/반 셋/세/삼 넷/네/사 다섯/오 여섯/육 일곱/칠 여덟/팔 아홉/구 열/십 열하나/십일 열두/십이', '열|십|스물|서른|마흔|쉰|백|천|만'),
  sw: words('sifuri moja/kwanza mbili/pili/wili/nusu tatu nne tano sita saba nane tisa kumi kumi kumi', 'kumi|ishirini|thelathini|arobaini|hamsini|mia|elfu|laki|karne'),
  id: words('nol satu/pertama/se dua/kedua/setengah tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas', 'belas|puluh|ratus|seribu|ribu|juta|abad'),
};

const matchers = new Map<string, { readonly small: readonly RegExp[]; readonly large: RegExp } | null>();
const matchersOf = (language: string) => {
  const base = baseLanguage(language);
  const known = matchers.get(base);
  if (known !== undefined) return known;
  const entry = table[base];
  const made = entry === undefined ? null : { small: entry.small.map((stems) => new RegExp(`(?<!\\p{L})(?:${stems.replaceAll('/', '|')})`, 'iu')), large: new RegExp(entry.large, 'iu') };
  matchers.set(base, made);
  return made;
};

/** True where `text` may say `value` in words. Languages without a table may say anything up to twelve. */
export const saysNumber = (text: string, language: string, value: number): boolean => {
  if (!Number.isInteger(value)) return false;
  if (saysRoman(text, value) || saysHan(text, value) || saysMonth(text, language, value)) return true;
  const known = matchersOf(language);
  if (value <= 12) return known === null ? hanLanguages.has(baseLanguage(language)) === false : known.small[value]?.test(text) === true;
  return known?.large.test(text) === true;
};

const saysRoman = (text: string, value: number): boolean => {
  if (value < 1 || value > 3999) return false;
  const roman = romanNumeral(value);
  return text.includes(roman) && new RegExp(`(?<![\\p{L}\\p{N}])${roman}(?![\\p{L}\\p{N}])`, 'u').test(text);
};

const romanParts = [['M', 1000], ['CM', 900], ['D', 500], ['CD', 400], ['C', 100], ['XC', 90], ['L', 50], ['XL', 40], ['X', 10], ['IX', 9], ['V', 5], ['IV', 4], ['I', 1]] as const;
const romanNumeral = (value: number): string => romanParts.reduce(({ rest, out }, [sign, worth]) => ({ rest: rest % worth, out: out + sign.repeat(Math.floor(rest / worth)) }), { rest: value, out: '' }).out;

const hanLanguages: ReadonlySet<string> = new Set(['zh', 'ja', 'yue', 'wuu', 'lzh']);
const hanDigits: ReadonlyMap<string, number> = new Map([...'〇一二三四五六七八九'].map((digit, value) => [digit, value] as const).concat([['零', 0], ['两', 2], ['兩', 2], ['双', 2], ['雙', 2], ['半', 2]]));
const hanUnits: ReadonlyMap<string, number> = new Map([['十', 10], ['百', 100], ['千', 1000], ['万', 1e4], ['萬', 1e4], ['亿', 1e8], ['億', 1e8]]);
const hanRun = /[〇零一二两兩双雙半三四五六七八九十百千万萬亿億]+/gu;

const saysHan = (text: string, value: number): boolean => (text.match(hanRun) ?? []).some((run) => hanValues(run).includes(value));

/** `二十三` is 23; `二〇〇一` is 2001, digit by digit; `七八` may be 7 or 8. */
const hanValues = (run: string): number[] => {
  const characters = [...run];
  if (characters.every((one) => hanDigits.has(one))) {
    const digits = characters.map((one) => hanDigits.get(one) ?? 0);
    return [Number(digits.join('')), ...digits];
  }
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of characters) {
    const unit = hanUnits.get(character);
    if (unit === undefined) digit = hanDigits.get(character) ?? 0;
    else if (unit < 1e4) { section += (digit === 0 ? 1 : digit) * unit; digit = 0; }
    else { total = (total + section + digit) * unit; section = 0; digit = 0; }
  }
  return [total + section + digit];
};

const months = new Map<string, readonly (readonly string[])[]>();
/** A month's name in CLDR's words; false for what is no month. */
export const saysMonth = (text: string, language: string, month: number): boolean => {
  if (month < 1 || month > 12) return false;
  const lower = text.toLowerCase();
  return (monthsOf(language)[month - 1] ?? []).some((name) => lower.includes(name));
};

const monthsOf = (language: string): readonly (readonly string[])[] => {
  const known = months.get(language);
  if (known !== undefined) return known;
  const locale = Intl.DateTimeFormat.supportedLocalesOf([language.startsWith('x-') ? 'und' : language])[0];
  const made = locale === undefined ? [] : Array.from({ length: 12 }, (_, month) => monthNames(locale, new Date(Date.UTC(2001, month, 14))));
  months.set(language, made);
  return made;
};

/** Long and short, alone and beside a day: `май`, `мая`. Names made of digits say nothing in words. */
const monthNames = (locale: string, date: Date): string[] => {
  const forms = (['long', 'short'] as const).flatMap((month) => [{ month }, { month, day: 'numeric' as const }]);
  return [...new Set(forms.map((form) => new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC', calendar: 'gregory' }).formatToParts(date).find(({ type }) => type === 'month')?.value.toLowerCase().replace(/\.$/u, '') ?? ''))]
    .filter((name) => name.length >= 3 && !/\p{Nd}/u.test(name));
};
