-- Each search of each log in whole numbers: a cell with a value is 0 or more, a blank one -1, a withheld one -2, one that
-- was not exported -3, and one whose value could not be read is NULL.
SELECT source, id, seconds_between(TIMESTAMP '2000-01-01 00:00:00', searched_at) AS second,
  $cells
FROM log_searches
LEFT JOIN log_agencies ON log_agencies.written = log_searches.agency
LEFT JOIN log_types ON log_types.written = log_searches.search_type
LEFT JOIN log_moderations ON log_moderations.written = log_searches.moderation
WHERE searched_at IS NOT NULL
