-- How many assessments of each version, round, kind and status are counted.
SELECT checklist, version, round, kind, status, CAST(COUNT(*) AS BIGINT) AS assessments
FROM latest_assessments
GROUP BY checklist, version, round, kind, status
ORDER BY checklist, version, round, kind, status
