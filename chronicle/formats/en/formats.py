"""As the templates of the desk and of the public pages write them; all moments are in UTC."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
