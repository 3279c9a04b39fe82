/** What a line of a pre-flight says of a check that has passed, or could not be made. */
import type { Check } from '../../security-pack/check.js';

export function describeCheck({ name, params }: Check): string {
  const words = Object.entries(params).map(([key, value]) => `${key} ${String(value)}`);
  return [name, ...words].join(' ');
}
