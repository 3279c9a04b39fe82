import { describe, expect, it } from 'vitest';
import { runProgram } from '../support/run.js';

describe('README and guide', () => {
  it('show in every transcript what the commands print today', () => {
    const { status, stderr } = runProgram(process.execPath, ['build/transcripts.js']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('describe every finding code in the page of its area, with its severity, and list them all', () => {
    const { status, stderr } = runProgram(process.execPath, ['build/finding-index.js']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
