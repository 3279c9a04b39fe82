/** Instants and spans of time as people read them; always UTC, so that two administrators read the same. */

const day = 86_400_000;

/** `2024-03-01 12:00:00 UTC` from an ISO 8601 string or a Date. */
export function formatInstant(instant: string | Date): string {
  const iso = typeof instant === 'string' ? instant : instant.toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** `2024-03-01`. */
export function formatDay(instant: string | Date): string {
  return (typeof instant === 'string' ? instant : instant.toISOString()).slice(0, 10);
}

/** `3 days`, `5 hours`, `2 years 34 days`: rounded down to what matters. */
export function formatSpan(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`;
  if (span < 3_600_000) return count(Math.floor(span / 60_000), 'minute');
  if (span < 2 * day) return count(Math.floor(span / 3_600_000), 'hour');
  const days = Math.floor(span / day);
  if (days < 730) return count(days, 'day');
  return `${count(Math.floor(days / 365), 'year')} ${count(days % 365, 'day')}`;
}

/** Whole days from `at` until `until`, negative once it has passed. */
export function daysLeft(until: Date, at: Date): number {
  return Math.floor((until.getTime() - at.getTime()) / day);
}
