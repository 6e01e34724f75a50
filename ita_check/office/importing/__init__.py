"""A report of the usual kind, six columns in Word or as a dump, as action rows."""
