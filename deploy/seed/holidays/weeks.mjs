// The weeks of a city that hold for a season or for Ramadan, as WorkWeek messages of city.proto.
import {datesIn, years} from './dates.mjs';

// Seasons first: of the weeks valid on a date the last counts, so Ramadan is above them.
export function weeksOf({rules}) {
  return rules.flatMap(weeksBy).sort((a, b) =>
    Boolean(a.ramadan) - Boolean(b.ramadan) || a.valid_from_date.localeCompare(b.valid_from_date));
}

function weeksBy(rule) {
  const calendar = 'sun' in rule ? 'sun' : 'moon';
  const [first, end] = rule[calendar];
  const ends = [...years, years.at(-1) + 1].flatMap((year) => datesIn(year, calendar, end));
  return years.flatMap((year) => datesIn(year, calendar, first)).map((from) => ({
    valid_from_date: from,
    valid_until_date: ends.find((date) => date > from),
    days: Object.entries(rule.hours).flatMap(([days, hours]) => workDays(days, hours)),
    ...(calendar === 'moon' ? {ramadan: true} : {}),
  }));
}

// "6 7 1" and "09:00-14:30".
function workDays(days, hours) {
  const [opens_minute, closes_minute] = hours.split('-').map((time) => {
    const [hour, minute] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return days.split(' ').map((day) => ({weekday: Number(day), opens_minute, closes_minute}));
}
