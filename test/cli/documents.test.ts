import { describe, expect, it } from 'vitest';
import { upToNode22 } from '../support/own-openssl.js';
import { runProgram } from '../support/run.js';

describe('README and guide', () => {
  it.skipIf(!upToNode22.isHere)(
    `show in every transcript what the commands print today${upToNode22.skipReason}`,
    () => {
      const { status, stderr } = runProgram(process.execPath, ['build/transcripts.js']);
      expect(stderr).toBe('');
      expect(status).toBe(0);
    },
  );
});
