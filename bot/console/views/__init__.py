"""One file for each page or group of forms; `add(router, site)` puts it on the router."""
