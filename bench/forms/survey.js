// The script of the survey's page: shows the questions, then the answers from IndexedDB, where our form has them too.

/**
 * @param {object} model the questions, as SurveyJS takes them
 * @param {Record<string, string>} answers what is stored at the first visit
 */
function showSurvey(model, answers) {
  const survey = new Survey.Model(model);
  survey.onAfterRenderSurvey.add(() => {
    document.body.dataset["usable"] = "";
  });
  survey.render(document.getElementById("survey"));
  const opening = indexedDB.open("survey");
  opening.onupgradeneeded = () => opening.result.createObjectStore("answers").put(answers, "all");
  opening.onsuccess = () => {
    const reading = opening.result.transaction("answers").objectStore("answers").get("all");
    reading.onsuccess = () => {
      survey.data = reading.result;
      document.body.dataset["ready"] = "";
    };
  };
}

Object.assign(globalThis, { showSurvey });
