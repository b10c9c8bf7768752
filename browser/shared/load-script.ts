// Loads a classic script on demand: this is allowed on pages whose policy forbids connections, and from disk.

/**
 * Runs the script at `url`; rejects with that address when it does not load. The address is empty in a file that holds
 * all scripts (`tebiki offline --checklist`): there the script has already run.
 */
export function loadScript(url: string): Promise<void> {
  if (url === "") return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(url));
    document.head.append(script);
    script.remove();
  });
}

/**
 * What a bundle sets as a global; runs the bundle when it has not run yet. Rejects when it does not load, or when
 * something else comes in its place.
 */
export async function loadBundle<T>(url: string, read: () => T | undefined): Promise<T> {
  if (read() === undefined) await loadScript(url);
  const value = read();
  if (value === undefined) throw new Error(`${url} is something else`);
  return value;
}
