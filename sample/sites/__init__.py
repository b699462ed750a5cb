"""The sites of the city, one module a site: `SITE` is what it gives."""
