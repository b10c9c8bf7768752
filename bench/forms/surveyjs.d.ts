// As much of SurveyJS as survey.js uses: its package is installed only where this benchmark runs.
declare namespace Survey {
  class Model {
    constructor(model: object);
    data: Record<string, string>;
    readonly onAfterRenderSurvey: { add(listener: () => void): void };
    render(place: HTMLElement | null): void;
  }
}
