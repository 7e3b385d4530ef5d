-- Outcomes that name a wrong person among outcomes that name anybody, in all and by what is recorded of the person.
WITH counted AS (
  SELECT agency, sex, age_group, region, skin_tone, count(*) AS named,
    count(*) FILTER (WHERE outcome_class = 'wrong person') AS wrong
  FROM base_requests
  WHERE outcome_class IN ('wrong person', 'arrest or charge', 'identified')
  GROUP BY 1, 2, 3, 4, 5
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, sum(wrong) AS numerator, sum(named) AS denominator FROM counted
  UNION ALL
  SELECT 1, 'agency', coalesce(agency, '(organisation not stated)'), sum(wrong), sum(named) FROM counted GROUP BY agency
  UNION ALL
  SELECT 2, 'sex', coalesce(sex, '(sex not stated)'), sum(wrong), sum(named) FROM counted GROUP BY sex
  UNION ALL
  SELECT 3, 'age_group', coalesce(age_group, '(age group not stated)'), sum(wrong), sum(named) FROM counted GROUP BY age_group
  UNION ALL
  SELECT 4, 'region', coalesce(region, '(region not stated)'), sum(wrong), sum(named) FROM counted GROUP BY region
  UNION ALL
  SELECT 5, 'skin_tone', coalesce(skin_tone, '(skin tone not stated)'), sum(wrong), sum(named) FROM counted GROUP BY skin_tone
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, denominator DESC NULLS LAST, label
