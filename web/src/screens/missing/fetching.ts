/** What browsers and the build say when the file of a screen does not come. */
const SAID =
  /fetch dynamically imported module|loading dynamically imported module|importing a module script failed|unable to preload css/i;

/** Whether a screen broke because its files could not be fetched: there is nothing wrong with the screen itself. */
export const isUnfetched = (error: unknown): boolean => error instanceof Error && SAID.test(error.message);
