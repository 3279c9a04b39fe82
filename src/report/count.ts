/** Numbers as people read them. */

/** A whole number with commas, `1,234,567`; what Intl writes too, but takes 12 ms to begin with (Node 20). */
export function formatCount(count: number): string {
  return count.toString().replace(/\B(?=(?:\d{3})+$)/g, ',');
}
