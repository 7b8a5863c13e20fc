"use strict";
SwaggerUIBundle({url: "{{ schema_url|escapejs }}", dom_id: "#swagger-ui", ...{{ settings|safe }}});
