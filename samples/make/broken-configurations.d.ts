/** What a broken configuration shows and how to try it; for the tests. */
export interface BrokenConfiguration {
  readonly shows: string;
  /** The side whose file, or what it names, is at fault. */
  readonly fault: 'server' | 'client';
  readonly target: string;
  /** Further options of the command line, blanks between them; empty where there are none. */
  readonly options: string;
}

/** By the name of the folder in `broken/config`. */
export declare const brokenConfigurations: Readonly<Record<string, BrokenConfiguration>>;
