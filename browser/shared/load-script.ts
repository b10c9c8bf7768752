// Loads a classic script on demand: this is allowed on pages whose policy forbids connections, and from disk.

/** Runs the script at `address`; rejects when it does not load. */
export function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${url} did not load`)));
    document.head.append(script);
    script.remove();
  });
}
