export { createModelsService, type ModelsService } from './models.ts';
