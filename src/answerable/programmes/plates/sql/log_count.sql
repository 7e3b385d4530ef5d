-- How many logs the case holds. With fewer than two there is nothing to compare, and the views below stay empty.
SELECT count(*) AS logs FROM (SELECT DISTINCT log FROM log_searches) AS labels
