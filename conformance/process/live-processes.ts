/** Signals that end the runner; the subjects go first. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Each with whether the reaper leads its group, which ends all that descends from it. */
const live = new Map<number, boolean>();

/**
 * Keeps an eye on a process, the leader of a group of its own, so that the group does not outlive
 * the runner: it is killed when the runner exits or is told to; `guarded` when wsb-reaper leads it.
 * Give the id back with {@link forget} once the process is gone.
 */
export function remember(pid: number, guarded: boolean): void {
  if (live.size === 0) {
    process.on('exit', endAll);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  live.set(pid, guarded);
}

/** The process is gone. */
export function forget(pid: number): void {
  if (!live.delete(pid) || live.size > 0) return;
  process.off('exit', endAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** Sends a signal to a process and all of its group; nothing happens when they are gone. */
export function signalGroup(pid: number, name: NodeJS.Signals): void {
  signal(-pid, name);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
  }
}

/** Ends a process and all that it started: what left its group, too, where the reaper leads it. */
export function endGroup(pid: number): void {
  if (live.get(pid) === true) signal(pid, 'SIGTERM');
  else signalGroup(pid, 'SIGKILL');
}

/** Ends every process that is remembered: they may take a moment to be gone. */
export function endAll(): void {
  for (const pid of live.keys()) endGroup(pid);
}

function onSignal(signal: NodeJS.Signals): void {
  endAll();
  for (const pid of [...live.keys()]) forget(pid);
  // What the signal would have done without this listener.
  process.kill(process.pid, signal);
}
