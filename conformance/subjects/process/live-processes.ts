/** Signals that end the runner; the subjects go first. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const live = new Set<number>();

/**
 * Keeps an eye on a process, the leader of a group of its own, so that the group does not outlive the runner: it is killed when
 * the runner exits or is told to. Give the id back with {@link forget} once the process is gone.
 */
export function remember(pid: number): void {
  if (live.size === 0) {
    process.on('exit', killAll);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  live.add(pid);
}

/** The process is gone. */
export function forget(pid: number): void {
  if (!live.delete(pid) || live.size > 0) return;
  process.off('exit', killAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** Sends a signal to a process and all of its group; nothing happens when they are gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
  }
}

function killAll(): void {
  for (const pid of live) signalGroup(pid, 'SIGKILL');
}

function onSignal(signal: NodeJS.Signals): void {
  killAll();
  for (const pid of [...live]) forget(pid);
  // What the signal would have done without this listener.
  process.kill(process.pid, signal);
}
