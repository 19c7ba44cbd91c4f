// Civil dates, as ISO strings, of the calendars that holidays follow.
import {easter, orthodoxEaster} from 'date-easter';

export const years = [2026, 2027, 2028, 2029, 2030];

const kDay = 86400000;
const iso = (instant) => new Date(instant).toISOString().slice(0, 10);

export const plusDays = (date, days) => iso(Date.parse(date) + days * kDay);

// 1 is Monday, 7 is Sunday (ISO 8601).
export const weekday = (date) => new Date(date).getUTCDay() || 7;

export const run = (first, days) => Array.from({length: days}, (_, n) => plusDays(first, n));

// What an overlay calls a calendar, and what Unicode calls it. The moon is that of Umm al-Qura:
// a city that sights it itself may be a day later. Unicode's Chinese calendar is a day late in
// 2027 and not used.
const calendars = {moon: 'islamic-umalqura', sun: 'persian'};

// The dates in a Gregorian year that are `monthAndDay` ("09-01") in `calendar`: one, two or none.
export function datesIn(year, calendar, monthAndDay) {
  const names = namesOf(calendar, year);
  return [...names.keys()].filter((date) => names.get(date) === monthAndDay);
}

// By date, the "month-day" of each date of `year`.
const known = new Map();
function namesOf(calendar, year) {
  const key = `${calendar} ${year}`;
  if (known.has(key)) return known.get(key);
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendars[calendar]}-nu-latn`,
    {month: '2-digit', day: '2-digit', timeZone: 'UTC'});
  const names = new Map();
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += kDay) {
    const parts = Object.fromEntries(format.formatToParts(day).map((p) => [p.type, p.value]));
    names.set(iso(day), `${parts.month}-${parts.day}`);
  }
  known.set(key, names);
  return names;
}

// The date `days` after Easter Sunday of the Western or the Orthodox church.
export function afterEaster(year, days, orthodox) {
  const sunday = (orthodox ? orthodoxEaster : easter)(year);
  return plusDays(iso(Date.UTC(sunday.year, sunday.month - 1, sunday.day)), days);
}
