// Loads what is needed later as a classic script: allowed where a page may connect to nothing, and from disk.

/** Runs the script at `address`; rejects when it does not load. */
export function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${address} did not load`)));
    document.head.append(script);
    script.remove();
  });
}
