from django import template

from droit.dates import en_toutes_lettres

register = template.Library()
register.filter("en_lettres", en_toutes_lettres)
