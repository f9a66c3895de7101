"""Tables that come from outside: any workbook or text becomes rows."""
