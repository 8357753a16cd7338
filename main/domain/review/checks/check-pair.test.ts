import { describe, expect, test } from 'vitest';
import { checkIdsOf, checkMask, checks, originChecksMask } from './check-ids.ts';
import { createPairChecks } from './check-pair.ts';
import type { TermList } from './terms.ts';

const idsOf = (languages: string, source: string, target: string, terms: readonly TermList[] = []): string[] => {
  const [left = '', right = ''] = languages.split(/-(?=[a-z]+$)/u);
  const checker = createPairChecks({ source: left, target: right }, terms);
  const found = [...new Set(checker.find(source, target).map(({ check }) => check))];
  expect(checkIdsOf(checker.bits(source, target))).toEqual(found);
  return found;
};

/** Languages, source, target, and the checks that tell. */
type Case = readonly [languages: string, source: string, target: string, ...told: string[]];

const cases: Readonly<Record<string, readonly Case[]>> = {
  empty: [
    ['de-en', '', 'A house.', 'empty'], ['de-en', 'Ein Haus.', ' \u200B\n', 'empty'], ['de-en', 'Ein Haus.', '...', 'empty'], ['de-en', '+', 'plus'], ['de-en', '', '', 'empty'],
  ],
  numbers: [
    ['de-en', 'Im Jahr 1.234,5 Tonnen.', 'In that year 1,234.5 tons.'], ['de-en', 'Zelle A8 wählen.', 'Select cell A1.', 'numbers'], ['fr-en', 'Il y a 1 234 567 arbres.', 'There are 1,234,567 trees.'],
    ['ar-en', 'وصل ١٢ ضيفا', 'The 12 guests arrived'], ['hi-en', 'इसकी कीमत ₹५,००० है', 'It costs ₹5,000'], ['hi-en', 'आबादी 12,50,000 है', 'The population is 1,250,000'],
    ['zh-en', '售价 3.5 万元。', 'It costs 35,000 yuan.'], ['zh-en', '大约有 8.7 亿人。', 'There are some 870 million people.'], ['zh-en', '他买了二十三本书。', 'He bought 23 books.'],
    ['zh-en', '二〇〇一年九月', 'September 2001'], ['de-en', 'Er hat 3 Kinder.', 'He has three children.'], ['en-de', 'The 21st century', 'Das XXI. Jahrhundert'], ['de-en', 'am 14.09.2001', 'on September 14, 2001'],
    ['de-en', 'am 14.09.2001', 'on 2001-09-14'], ['ru-en', '5 мая 2020 года', 'on May 5, 2020'], ['de-en', 'Es beginnt um 15:00.', 'It begins at 3 p.m.'], ['es-en', 'a las dos y media', 'at 2:30'], ['zh-en', '18 世纪 90 年代', 'the 1790s'],
    ['de-en', 'Seite 12', 'Page', 'numbers'], ['en-de', 'Cost 1.5', 'Kosten 1,5'], ['en-de', 'Page https://a.example/12 now', 'Seite https://a.example/12 jetzt'], ['de-en', 'Das Gewicht des Goldes war 666 Talente.', 'The weight of gold was six hundred sixty-six talents.'],
    ['th-en', 'มี ๕ คน', 'There are 5 people'], ['en-de', 'It was \u{1D7CF}\u{1D7D0} then', 'Es waren 12 damals'],
  ],
  placeholders: [
    ['en-de', 'Found %d files in %s', '%2$s enthält %1$d Dateien'], ['en-de', 'Found %d files', 'Dateien gefunden', 'placeholders'], ['en-de', 'Up to 50 % discount', 'Bis zu 50 % Rabatt'], ['en-de', 'A 100% success', 'Ein voller Erfolg (100%)'],
    ['en-de', 'Hello {name}', 'Hallo {Name}', 'placeholders'], ['en-de', '{count, plural, one {# file} other {# files}}', '{count, plural, one {# Datei} other {# Dateien}}'], ['en-de', 'Line\\nbreak', 'Zeilenumbruch', 'placeholders'],
    ['en-de', '%(who)s said ${what}', '${what}, sagte %(who)s'],
  ],
  tags: [
    ['en-de', '<b>Bold</b> text', '<b>Fetter</b> Text'], ['en-de', '<b>Bold</b> text', '<b>Fetter Text', 'tags'], ['en-de', '<a href="/en">Here</a>', '<a href="/de">Hier</a>'], ['en-de', 'Cells <A2:C2>', 'Zellen <A2:C2>'],
    ['en-de', 'Press <Ctrl> and <Enter> now', 'Jetzt <Strg> und <Eingabe> drücken'], ['en-de', 'A &amp; B', 'A und B', 'tags'], ['en-de', 'A&nbsp;B', 'A&#160;B'], ['en-de', 'A <br/> B', 'A <br> B'],
  ],
  addresses: [
    ['de-en', 'Siehe https://www.a.example/de/x.', 'See https://a.example/en/x.'], ['de-en', 'Siehe https://a.example/x', 'See https://b.example/x', 'addresses'], ['de-en', 'An info@a.example schreiben', 'Write to info@a.example'],
    ['de-en', 'An info@a.example schreiben', 'Write to us', 'addresses'],
  ],
  brackets: [
    ['zh-en', '（一）开始', '(1) Start'], ['de-en', 'Ein Haus (rot', 'A house (red)', 'brackets'], ['de-en', 'a) Erstens', 'a) First'], ['de-en', 'Ein Haus (rot', 'A house (red'], ['de-en', 'Gut :-)', 'Good'], ['zh-en', '图（1)', 'Figure (1)'],
  ],
  quotes: [
    ['de-en', '„Ja“, sagte er.', '“Yes,” he said.'], ['de-en', '„Ja, sagte er.', '“Yes,” he said.', 'quotes'], ['zh-en', '「好」他说。', '"Good," he said.'], ['de-en', 'Ja, sagte er.', '“Yes, he said.'], ['en-de', 'A 5" disk', 'Eine 5"-Diskette'],
  ],
  'end-punctuation': [
    ['zh-en', '你好吗？', 'How are you?'], ['ar-en', 'كيف حالك؟', 'How are you?'], ['hi-en', 'यह मेरा घर है।', 'This is my house.'], ['de-en', 'Ist das so?', 'That is so.', 'end-punctuation'], ['de-en', 'Das ist so.', 'That is so', 'end-punctuation'],
    ['th-en', 'ฉันรักคุณ', 'I love you.'], ['ja-en', '葉巻を吸いますか。', 'Do you smoke cigars?'], ['el-en', 'Τι κάνεις;', 'How are you?'], ['fr-en', 'Tu viens ? !', 'Are you coming?!'], ['de-en', 'Er sagte: „So ist es.“', 'He said, “So it is.”'],
    ['am-en', 'ሰላም ነው።', 'It is peace.'], ['hy-en', 'Սա իմ տունն է։', 'This is my house.'], ['de-en', 'Geh!', 'Go.'], ['de-en', 'Folgendes:', 'The following.', 'end-punctuation'],
  ],
  'doubled-words': [
    ['de-en', 'Das Haus', 'The the house', 'doubled-words'], ['de-en', 'Ich weiß, dass das das Haus ist.', 'I know that that is the house.'], ['id-en', 'orang-orang itu pelan pelan', 'those people slowly'],
    ['de-en', 'nach dem Haus nach dem Haus gehen', 'go to the house', 'doubled-words'], ['tr-en', 'yavaş yavaş geldi', 'he came slowly'], ['zh-en', '看看看看看看', 'look look', 'doubled-words'], ['en-de', 'bye bye', 'tschüs tschüs'],
  ],
  'doubled-spaces': [['de-en', 'Ein  Haus', 'A house', 'doubled-spaces'], ['zh-en', '你好　世界', 'Hello world'], ['de-en', ' Ein Haus ', 'A house']],
  'length-ratio': [
    ['de-en', 'Das Haus steht seit vielen Jahren leer und niemand weiß, wem es gehört.', 'House.', 'length-ratio'], ['zh-en', '国家在他们之上。', 'The state is above them.'],
    ['de-en', 'Das Haus steht seit vielen Jahren leer, und niemand in der ganzen Stadt weiß noch, wem es gehört hat.', 'The house stood.', 'length-ratio'],
    ['zh-en', '对于「Linux」与「macOS」，$HOME/.config/office/4/user/Scripts/python。', 'For Linux and macOS, $HOME/.config/office/4/user/Scripts/python.'],
  ],
  copied: [['de-en', 'Das ist nicht schön.', 'das ist nicht schön', 'copied', 'end-punctuation'], ['de-en', 'OpenOffice.org 3.1', 'OpenOffice.org 3.1'], ['zh-en', '今天天气很好', '今天天气很好', 'copied', 'wrong-script', 'length-ratio'], ['en-en', 'same words here', 'same words here']],
  'wrong-script': [
    ['zh-en', '他說了這些話。', 'He said these words.', 'wrong-script'], ['zh-Hant-en', '他說了這些話。', 'He said these words.'], ['ru-en', 'Это хорошo.', 'It is good.', 'wrong-script'],
    ['ru-en', 'Откройте LibreOffice Writer.', 'Open LibreOffice Writer.'], ['ru-en', 'this is not a sentence in russian', 'это предложение', 'wrong-script'], ['zh-en', '把变量字段插入幻灯片。', 'Inserts the 变量字段 into your slide.', 'wrong-script'],
    ['de-en', 'Das Zeichen „日本“ bedeutet Japan.', 'The characters “日本” mean Japan.'], ['de-en', 'Der Winkel α', 'The angle α'], ['ja-en', 'スミスさん', 'Mr Smith'],
  ],
  corrupted: [
    ['de-en', 'fÃ¼r Saul', 'for Saul', 'corrupted'], ['en-de', 'letâ€™s go', 'gehen wir', 'corrupted'], ['de-en', 'Das ist „Spaß“.', 'That is “fun”.'], ['fr-en', '« Je n’y ai jamais pensé », dit-il.', '“I never thought of it,” he said.'],
    ['de-en', 'Tre\uFFFDiber', 'Driver', 'corrupted'], ['de-en', 'ein\u0007 Haus', 'a house', 'corrupted'], ['de-en', 'ein\u200B Haus', 'a house', 'corrupted'], ['th-en', 'ฉัน\u200Bรัก', 'I love'], ['ar-en', 'نص\u200F (x)', 'text (x)'],
    ['de-en', 'ein ==== Haus', 'a house', 'corrupted'], ['de-en', 'ein \uD800 Haus', 'a house', 'corrupted'], ['ru-en', 'Ð¿Ñ€Ð¸Ð²ÐµÑ‚', 'hello', 'corrupted'],
  ],
};

describe.each(Object.entries(cases))('%s', (_name, rows) => {
  test.each(rows.map(([languages, source, target, ...told]) => ({ languages, source, target, told })))('$languages: $source | $target', ({ languages, source, target, told }) => {
    expect(idsOf(languages, source, target).toSorted()).toEqual(told.toSorted());
  });
});

test('terms: a counterpart may be inflected, and one of several is enough', () => {
  const lists: TermList[] = [{ languages: ['de', 'en'], terms: [['Vertrag', 'contract'], ['Vertrag', 'agreement'], ['künstliche Intelligenz', 'artificial intelligence']] }];
  expect(idsOf('de-en', 'Der Vertrag gilt.', 'The contracts are valid.', lists)).toEqual([]);
  expect(idsOf('de-en', 'Der Vertrag gilt.', 'The treaty is valid.', lists)).toEqual(['terms']);
  expect(idsOf('en-de', 'The agreement is valid.', 'Der Kontrakt gilt.', lists)).toEqual(['terms']);
  expect(idsOf('de-en', 'Die Vertragspartei zahlt.', 'The party pays.', lists)).toEqual([]);
  expect(idsOf('fr-en', 'Vertrag.', 'Treaty.', lists)).toEqual([]);
  const [found] = createPairChecks({ source: 'de', target: 'en' }, lists).find('Die künstliche Intelligenz.', 'The clever machines.');
  expect(found).toMatchObject({ check: 'terms', source: [[4, 26]], target: [] });
});

test('findings name their places in both texts', () => {
  const { find } = createPairChecks({ source: 'de', target: 'en' });
  expect(find('Zelle A8 (oben).', 'Cell A1 (above).')).toEqual([{ check: 'numbers', text: 'Numbers differ: “8” in the source, “1” in the target.', source: [[7, 8]], target: [[6, 7]] }]);
});

test('a text of a hundred thousand signs is checked without being stuck', () => {
  const { bits } = createPairChecks({ source: 'de', target: 'en' });
  for (const piece of ['a ', '(', '1.', '<b ', '%', 'ab ab', '{', '&', 'x@', '\\', '"', 'Ã', '"a" ', '= ', 'www.', 'a.b-']) expect(bits(piece.repeat(100_000 / piece.length), 'short')).toBeGreaterThan(0);
}, 60_000);

test('every check has a bit of its own', () => {
  expect(new Set(checks.map(({ bit }) => bit)).size).toBe(checks.length);
  expect(checkIdsOf(originChecksMask)).toEqual(['same-source', 'same-target']);
  expect(checkMask('no such check')).toBe(0);
});
