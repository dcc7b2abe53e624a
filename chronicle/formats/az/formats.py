"""As the templates of public pages write them; all moments are in UTC."""

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i"
