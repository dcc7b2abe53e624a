"""As the templates of public pages write them; all moments are in UTC."""

DATE_FORMAT = "j E Y թ."
DATETIME_FORMAT = "j E Y թ., H:i"

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
