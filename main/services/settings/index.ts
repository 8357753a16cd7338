export { createSettings, type MachineSettingsService } from './settings.ts';
export { createStorage } from './storage.ts';
