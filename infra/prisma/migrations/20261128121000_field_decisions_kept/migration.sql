-- What was said stays, all of it together too.
CREATE TRIGGER field_decision_no_truncate BEFORE TRUNCATE ON "field_decision" FOR EACH STATEMENT EXECUTE FUNCTION keep_field_decision();
