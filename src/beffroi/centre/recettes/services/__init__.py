"""Les actes du comptable : noter, rapprocher, contre-passer, importer."""
