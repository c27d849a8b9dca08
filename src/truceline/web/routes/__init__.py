"""The addresses of the service: pages for people, files, the form that checks a text, and the API."""
