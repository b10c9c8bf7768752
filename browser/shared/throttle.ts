/** The time between two runs, as a multiple of what the last one took: runs take a fifth of the time at most. */
const REST = 4;

/** Runs `work` some time after it was asked for, so that requests in between share a run. */
export class Throttle {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The time before which it does not run again. */
  private next = 0;

  /** @param gap The least time between two runs, in milliseconds */
  constructor(
    private readonly work: () => void,
    private readonly gap: number,
  ) {}

  /** Runs as soon as the last run is long enough ago. */
  request(): void {
    this.timer ??= setTimeout(() => this.run(), Math.max(0, this.next - Date.now()));
  }

  /** Runs once the gap is over, as if it had run now. */
  restart(): void {
    this.stop();
    this.next = Date.now() + this.gap;
    this.request();
  }

  /** Runs now. */
  run(): void {
    this.stop();
    const started = Date.now();
    this.work();
    const ended = Date.now();
    this.next = ended + Math.max(this.gap, REST * (ended - started));
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
