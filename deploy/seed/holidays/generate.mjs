// Writes ../holidays.json and ../weeks.json: by city name, the public holidays of every seeded
// city, 2026 to 2030, and its weeks of a season or of Ramadan, as messages of city.proto.
//   npm ci && npm run generate
// Dates come from the npm package date-holidays (ISC; data CC BY-SA 3.0) and from overlay.json,
// which corrects and completes it, names its sources and says what could not be verified. Days
// that follow the moon are computed, and may be a day off until the city confirms them.
//
// overlay.json, by country or city: `replaces` the package's days (true, or in these years);
// `moves` off these weekdays to the next workday; `days`, each with `dates`, or every year `on` a
// day, by `moon` or `sun` (month-day), or days after `easter` or `orthodox_easter`; `shift`ed, for
// `days` days, `since` a year; `stays` is never moved. Weeks: `hours` by weekdays, between two days
// of the `sun` or of the `moon`; those of the moon are Ramadan's.
import {readFileSync, writeFileSync} from 'node:fs';
import {holidaysOf} from './holidays.mjs';
import {weeksOf} from './weeks.mjs';

const here = new URL('.', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, here)));
const {cities} = read('../directory.json');
const overlay = read('overlay.json');

// One message a line, so that a change of the data is seen in a diff.
function write(path, byCity) {
  const parts = Object.entries(byCity).map(([city, list]) =>
    `${JSON.stringify(city)}: [\n${list.map((each) => JSON.stringify(each)).join(',\n')}\n]`);
  writeFileSync(new URL(path, here), `{\n${parts.join(',\n')}\n}\n`);
}

write('../holidays.json', Object.fromEntries(cities.map((city) => [
  city.name, holidaysOf(city, [city.name, city.country.slice(0, 2)].flatMap(
    (key) => overlay.holidays[key] ?? []))])));
write('../weeks.json', Object.fromEntries(Object.entries(overlay.weeks).map(
  ([city, weeks]) => [city, weeksOf(weeks)])));
