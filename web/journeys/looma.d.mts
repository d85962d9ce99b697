export const PYTHON: string;
export const USER: string;
export const PASSWORD: string;
export function startLooma(how?: { demo?: boolean }): Promise<{ address: string; stop: () => Promise<void> }>;
