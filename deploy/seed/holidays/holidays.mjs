// The holidays of a city: those of the package date-holidays, corrected by the overlay.
import Holidays from 'date-holidays';
import {afterEaster, datesIn, plusDays, run, weekday, years} from './dates.mjs';

// Where a city keeps more than its country does.
const regions = {
  'cities/kuala-lumpur': ['MY', '14'],
  'cities/florence': ['IT', '52'],
  'cities/barcelona': ['ES', 'CT'],
  'cities/freiburg': ['DE', 'BW'],
  'cities/hyderabad': ['IN', 'TG'],
};
// Rules of the package that follow the moon; those of Hindu feasts are lists of dates.
const lunar = new RegExp('islamic|hijri|muharram|safar|rabi|jumada|rajab|shaban|ramadan|shawwal' +
  '|dhu|chinese|hindu|saka|^\\d{4}-', 'i');
const hour = 3600000;

// `corrections` are the overlay's entries for the city and its country, the city's first.
export function holidaysOf(city, corrections) {
  const own = corrections.flatMap(fromOverlay);
  const replaced = new Set(corrections.flatMap(({replaces}) =>
    replaces === true ? years : replaces ?? []));
  const packaged = fromPackage(city).filter(({date}) => !replaced.has(Number(date.slice(0, 4))));
  const days = once([...own, ...packaged]);
  const moves = corrections.filter((each) => each.moves).flatMap((each) => moved(days, each));
  return once([...days, ...moves]).map(toMessage);
}

function fromPackage(city) {
  const region = regions[city.name] ?? [city.country];
  const calendar = new Holidays(...region);
  const own = [city.languages[0].split('-')[0], 'en', 'fa'];
  const days = years.flatMap((year) => calendar.getHolidays(year)
    .filter((day) => day.type === 'public')
    .flatMap((day) => {
      const names = new Map(own.map((language) => [
        language, calendar.getHolidays(year, language)
          .find((other) => other.rule === day.rule && other.date === day.date)?.name]));
      const status = lunar.test(day.rule) ? 'COMPUTED' : 'FIXED';
      return run(day.date.slice(0, 10), wholeDays(day)).map((date) => ({
        date, texts: clean(names, day.name), kind: 'FULL', status,
        source: 'date-holidays 3.37.0', rule: day.rule, substitute: Boolean(day.substitute)}));
    }));
  const substitutes = new Set(days.filter((day) => day.substitute).map((day) => day.date));
  return days.map((day) => (
    {...day, stays: day.substitute || substitutes.has(plusDays(day.date, 1))}));
}

// A half day before a feast is the overlay's; the hour is for days that a clock change shortens.
const wholeDays = ({start, end}) => Math.max(1, Math.floor(((end - start) / hour + 1) / 24));

function fromOverlay({source, days}) {
  return (days ?? []).flatMap((day) => {
    const dates = years.filter((year) => year >= (day.since ?? 0))
      .flatMap((year) => firstDates(day, year))
      .flatMap((first) => run(plusDays(first, day.shift ?? 0), day.days ?? 1));
    if (!dates.length) throw new Error(`On no date: ${JSON.stringify(day)}`);
    return dates.map((date) => ({
      date, texts: day.name, kind: day.kind ?? 'FULL', stays: day.stays ?? false,
      status: day.status ?? (day.moon ? 'COMPUTED' : 'FIXED'), source: day.source ?? source}));
  });
}

function firstDates(day, year) {
  if (day.dates) return day.dates.filter((date) => date.startsWith(year));
  if (day.on) return [`${year}-${day.on}`];
  if ('easter' in day) return [afterEaster(year, day.easter, false)];
  if ('orthodox_easter' in day) return [afterEaster(year, day.orthodox_easter, true)];
  const calendar = 'sun' in day ? 'sun' : 'moon';
  return datesIn(year, calendar, day[calendar]);
}

// For each holiday on one of the weekdays `moves`, the next free workday is off too.
function moved(days, {moves, source}) {
  const taken = new Set(days.filter((day) => day.kind === 'FULL').map((day) => day.date));
  return days
    .filter((day) => day.kind === 'FULL' && !day.stays && moves.includes(weekday(day.date)))
    .map((day) => {
      let date = plusDays(day.date, 1);
      while (taken.has(date) || weekday(date) > 5) date = plusDays(date, 1);
      taken.add(date);
      return {...day, date, source: `${source}; moved from ${day.date}`};
    });
}

// One entry a date: what is fixed before what is computed, the overlay before the package, a whole
// day before a part of it.
function once(days) {
  const rank = ({kind, status, rule}) =>
    (status === 'COMPUTED' ? 4 : 0) + (rule ? 2 : 0) + (kind === 'FULL' ? 0 : 1);
  const byDate = new Map();
  for (const day of days.toSorted((a, b) => rank(a) - rank(b))) {
    if (!byDate.has(day.date)) byDate.set(day.date, day);
  }
  const inRange = ({date}) => years.includes(Number(date.slice(0, 4)));
  return [...byDate.values()].filter(inRange).sort((a, b) => a.date.localeCompare(b.date));
}

const toMessage = ({date, texts, kind, status, source}) => ({
  date, display_name: {texts}, kind: `KIND_${kind}`, status: `STATUS_${status}`, source});

// Presentation forms of Arabic letters in the data are brought back to letters.
function clean(names, fallback) {
  const texts = {};
  for (const [language, name] of names) {
    if (name) texts[language] = name.normalize('NFKC').replace(/[\p{Cc}\p{Cf}]/gu, (c) =>
      c === '\u200c' ? c : '');
  }
  return Object.keys(texts).length ? texts : {en: fallback};
}
