/** Versions of the Security Pack: `8.5.100.23`. */

/** Number by number; what is missing counts as 0. */
export function compareVersions(a: string, b: string): number {
  const [own, others] = [a, b].map((version) => version.split('.').map(Number));
  for (let position = 0; position < Math.max(own?.length ?? 0, others?.length ?? 0); position++) {
    const difference = (own?.[position] ?? 0) - (others?.[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
