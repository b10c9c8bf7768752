-- The answers of the assessments in latest_assessments.
SELECT
  answers.state AS state, answers.assessment AS assessment, answers.checklist AS checklist,
  answers.version AS version, answers.digest AS digest, answers.institution AS institution,
  answers.section AS section, answers.item AS item, answers.rev AS rev, answers.own AS own,
  answers.status AS status, answers.round AS round, answers.kind AS kind
FROM answers
LEFT JOIN superseded ON superseded.state = answers.state
WHERE superseded.state IS NULL
