// Writes ../holidays.json: the public holidays of every seeded city, 2026 to 2030, as Holiday
// messages of city.proto by city name.
//   npm ci && npm run generate
// Dates come from the npm package date-holidays (ISC; data CC BY-SA 3.0) and, for countries that it
// lacks, from overlay.json, which names its sources. Days that follow the moon are computed, and
// may be a day off until the city confirms them.
import {readFileSync, writeFileSync} from 'node:fs';
import Holidays from 'date-holidays';

const years = [2026, 2027, 2028, 2029, 2030];
const here = new URL('.', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, here)));
const directory = read('../directory.json');
const overlay = read('overlay.json');
// Where a city keeps more than its country does.
const regions = {
  'cities/kuala-lumpur': ['MY', '14'],
  'cities/florence': ['IT', '52'],
  'cities/barcelona': ['ES', 'CT'],
  'cities/freiburg': ['DE', 'BW'],
  'cities/hyderabad': ['IN', 'TG'],
};
const lunar = /islamic|hijri|muharram|safar|rabi|jumada|rajab|shaban|ramadan|shawwal|dhu|chinese|hindu|saka/i;

function fromPackage(city) {
  const [country, region] = regions[city.name] ?? [city.country];
  const calendar = region ? new Holidays(country, region) : new Holidays(country);
  const own = [city.languages[0].split('-')[0], 'en', 'fa'];
  return years.flatMap((year) => calendar.getHolidays(year))
    .filter((day) => day.type === 'public')
    .flatMap((day) => {
      const names = new Map(own.map((language) => [
        language, calendar.getHolidays(day.date.slice(0, 4), language)
          .find((other) => other.rule === day.rule && other.date === day.date)?.name]));
      const length = Math.max(1, Math.round((day.end - day.start) / 86400000));
      return spread(day.date.slice(0, 10), length, {
        texts: clean(names, day.name), status: lunar.test(day.rule) ? 'COMPUTED' : 'FIXED',
        source: 'date-holidays 3.37.0'});
    });
}

function fromOverlay({source, days}) {
  return years.flatMap((year) => days.flatMap((day) => {
    const texts = day.name;
    if (day.on) return spread(`${year}-${day.on}`, day.days ?? 1, {texts, status: 'FIXED', source});
    return moonDates(year, day.moon).flatMap(
      (date) => spread(date, day.days ?? 1, {texts, status: 'COMPUTED', source}));
  }));
}

const umalqura = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn',
  {month: '2-digit', day: '2-digit', timeZone: 'UTC'});

function moonDates(year, monthAndDay) {
  const found = [];
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += 86400000) {
    const parts = Object.fromEntries(umalqura.formatToParts(day).map((p) => [p.type, p.value]));
    if (`${parts.month}-${parts.day}` === monthAndDay) found.push(iso(day));
  }
  return found;
}

const iso = (instant) => new Date(instant).toISOString().slice(0, 10);

function spread(first, length, {texts, status, source}) {
  return Array.from({length}, (_, n) => ({
    date: iso(Date.parse(first) + n * 86400000), display_name: {texts},
    kind: 'KIND_FULL', status: `STATUS_${status}`, source}));
}

// Presentation forms of Arabic letters in the data are brought back to letters.
function clean(names, fallback) {
  const texts = {};
  for (const [language, name] of names) {
    if (name) texts[language] = name.normalize('NFKC').replace(/[\p{Cc}\p{Cf}]/gu, (c) =>
      c === '\u200c' ? c : '');
  }
  return Object.keys(texts).length ? texts : {en: fallback};
}

function once(holidays) {
  const byDate = new Map();
  for (const holiday of holidays) if (!byDate.has(holiday.date)) byDate.set(holiday.date, holiday);
  return [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date));
}

const result = {};
for (const city of directory.cities) {
  const country = city.country.slice(0, 2);
  result[city.name] = once(overlay[country] ? fromOverlay(overlay[country]) : fromPackage(city));
  const computed = result[city.name].filter((day) => day.status === 'STATUS_COMPUTED').length;
  console.log(`${city.name}: ${result[city.name].length} days, ${computed} by the moon`);
}
const lines = Object.entries(result).map(([city, days]) =>
  `${JSON.stringify(city)}: [\n${days.map((day) => JSON.stringify(day)).join(',\n')}\n]`);
writeFileSync(new URL('../holidays.json', here), `{\n${lines.join(',\n')}\n}\n`);
