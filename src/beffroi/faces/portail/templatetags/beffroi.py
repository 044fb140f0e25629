"""Les balises et les filtres du portail : `{% load beffroi %}`."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from beffroi.faces.portail import dessins
from beffroi.faces.portail.icones import ICONES, planche
from beffroi.faces.portail.marque import la_marque
from beffroi.faces.portail.navigation import est_servie
from beffroi.faces.portail.theme_servi import LOGO
from beffroi.faces.portail.typographie_html import typographier_html
from droit.dates import en_toutes_lettres
from formats import dates, durees, elision, sceau_svg, tailles
from formats.blancs_html import serrer
from formats.typographie import typographier

register = template.Library()

# Un signe par ton : la couleur ne voyage jamais seule (RGAA 3.1).
SIGNES = {"ok": "ok", "cours": "demi", "attention": "heure", "danger": "stop", "gris": "rond"}

register.filter("typo", typographier, is_safe=True)
register.filter("de", elision.de)
register.filter("nombre", tailles.nombre)
register.filter("jour", dates.jour)
register.filter("heure", dates.heure)
register.filter("heure_limite", dates.heure_limite)
register.filter("heure_exacte", dates.heure_exacte)
register.filter("heure_universelle", dates.heure_universelle)
register.filter("zone", dates.zone)
register.filter("est_servie", est_servie)


@register.filter
def jour_civil(jour: date | None) -> str:
    """« 1er avril 2026 » ; rien si la date manque.

    Le filtre `date` de Django, lui, dirait « 1 avril ».
    """
    return en_toutes_lettres(jour) if jour else ""


@register.filter
def typo_html(html: str) -> SafeString:
    """Typographie d'un fragment déjà rendu, donc déjà échappé."""
    return mark_safe(typographier_html(html))


@register.filter("serrer")
def sans_les_blancs(html: str) -> SafeString:
    """Un fragment sans les blancs de sa mise en page, là où `typo_html` ne passe pas."""
    return mark_safe(serrer(html))


@register.filter
def sans_coupure(texte: str) -> SafeString:
    """Un nom composé ne se coupe pas à son trait d'union : « Pas-de-Calais »."""
    mots = ((mot, "-" in mot.strip("-")) for mot in texte.split(" "))
    return mark_safe(  # chaque mot passe par format_html
        " ".join(
            format_html('<span class="insec">{}</span>' if compose else "{}", mot)
            for mot, compose in mots
        )
    )


@register.filter
def taille(octets: int) -> str:
    """« 1,2 Mo »."""
    return tailles.humaniser(octets)


@register.filter
def duree(valeur: timedelta) -> str:
    """« 4 jours, 1 h et 33 min »."""
    return durees.humaniser(valeur)


@register.filter
def depuis(instant: datetime, origine: datetime) -> timedelta:
    """La durée d'un instant à un autre : `{{ limite|depuis:heure_servie|duree }}`."""
    return instant - origine


@register.filter
def echeance(limite: datetime, maintenant: datetime) -> str:
    """« avant 12:00 » le jour même ;
    « avant le mardi 12 janvier 2027 à 12:00 » les autres jours.
    """
    horaire = dates.heure_limite(limite)
    return (
        horaire
        if dates.jour(limite) == dates.jour(maintenant)
        else f"le {dates.jour(limite)} à {horaire}"
    )


@register.filter
def est_loin_de(limite: datetime, maintenant: datetime) -> bool:
    """Plus d'une heure avant l'heure limite :
    rien ne presse, la piste des minutes ne se montre pas.
    """
    return limite - maintenant > timedelta(hours=1)


def _liste(instant: datetime) -> str:
    return f"{dates.jour(instant)} à {dates.heure_limite(instant)}"


def _minute(instant: datetime) -> str:
    return f"{dates.jour(instant)} à {dates.a_la_minute(instant)}"


def _limite(instant: datetime) -> str:
    return f"{_liste(instant)} ({dates.zone(instant)})"


FORMES = {
    "pleine": dates.jour_et_heure,
    "exacte": lambda instant: dates.jour_et_heure(instant, exacte=True),
    "liste": _liste,
    "limite": _limite,
    "jour": dates.jour,
    "heure": dates.heure,
    "heure_exacte": dates.heure_exacte,
    "minute": _minute,
}


@register.simple_tag
def moment(instant: datetime, forme: str = "pleine") -> SafeString:
    """Un instant en toutes lettres, lisible par une machine dans `datetime`."""
    if forme not in FORMES:
        raise template.TemplateSyntaxError(f"Forme de date inconnue : {forme}.")
    return format_html(
        '<time datetime="{}">{}</time>', pour_machine(instant), FORMES[forme](instant)
    )


@register.filter
def pour_machine(instant: datetime) -> str:
    """Ce que `datetime` admet : trois décimales au plus."""
    precision = "milliseconds" if instant.microsecond else "seconds"
    return instant.astimezone(dates.PARIS).isoformat(timespec=precision)


@register.simple_tag
def icone(nom: str) -> SafeString:
    """Une icône muette : le mot est à côté."""
    if nom not in ICONES:
        raise template.TemplateSyntaxError(f"Icône inconnue : {nom}.")
    return format_html(
        '<svg class="i" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', nom
    )


@register.simple_tag
def planche_d_icones() -> SafeString:
    return mark_safe(planche())


@register.simple_tag
def etat(ton: str, mot: str, signe: str = "") -> SafeString:
    """Un signe, un mot, puis une couleur : `{% etat "ok" "Reçu et vérifié" %}`."""
    if ton not in SIGNES:
        raise template.TemplateSyntaxError(f"Ton inconnu : {ton}.")
    return format_html(
        '<span class="etat etat-{}">{}{}</span>',
        ton,
        icone(signe or SIGNES[ton]),
        typographier(mot),
    )


@register.inclusion_tag("portail/composants/cadran.html")
def cadran(instant: datetime) -> dict[str, str]:
    return {"aiguilles": dessins.aiguilles(instant, centre=(12, 12), petite=5, grande=7.8)}


@register.filter
def aiguilles_de_la_frise(instant: datetime) -> str:
    return dessins.aiguilles(instant, centre=(1640, 198), petite=11, grande=18)


@register.inclusion_tag("portail/composants/minuterie.html")
def minuterie(limite: datetime, maintenant: datetime) -> dict[str, dessins.Piste]:
    return {"piste": dessins.piste(limite=limite, maintenant=maintenant)}


@register.inclusion_tag("portail/composants/sceau.html")
def sceau(empreinte_du_depot: bytes | str) -> dict[str, str]:
    octets = (
        bytes.fromhex(empreinte_du_depot)
        if isinstance(empreinte_du_depot, str)
        else empreinte_du_depot
    )
    return {"traits": sceau_svg.traits(octets), "marque": sceau_svg.MARQUE}


@register.simple_tag
def marque() -> SafeString:
    return format_html(
        '<svg class="marque" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
        '<path fill="currentColor" fill-rule="evenodd" d="{}"/></svg>',
        sceau_svg.MARQUE,
    )


@register.simple_tag
def enseigne() -> SafeString:
    """Le logo du centre, s'il en a un ; le nom du service suit, qui dit la même chose."""
    if la_marque().logo:
        return format_html('<img class="logo" src="{}" alt="">', static(LOGO))
    return marque()


@register.simple_tag
def empreinte(valeur: bytes | str) -> SafeString:
    """Une empreinte par groupes de 8 ; la largeur de la colonne en met 4 par ligne."""
    hexadecimal = valeur if isinstance(valeur, str) else valeur.hex()
    groupes = " ".join(hexadecimal[rang : rang + 8] for rang in range(0, len(hexadecimal), 8))
    return format_html('<code class="empreinte">{}</code>', groupes)


@register.simple_block_tag
def banniere(content: str, ton: str, titre: str, signe: str = "") -> SafeString:
    """Une bannière par page au plus, avant le contenu, sans bouton pour la fermer."""
    signes = {"info": "info", "ok": "ok", "attention": "alerte", "danger": "stop"}
    if ton not in signes:
        raise template.TemplateSyntaxError(f"Ton de bannière inconnu : {ton}.")
    return format_html(
        '<div class="banniere banniere-{}">{}<p class="titre">{}</p>{}</div>',
        ton,
        icone(signe or signes[ton]),
        typographier(titre),
        content,
    )


@register.simple_block_tag
def vide(content: str, titre: str, url: str = "", geste: str = "") -> str:
    """Une liste vide apprend quelque chose :
    pourquoi elle l'est, et s'il y a lieu le geste qui la remplit.
    """
    dits = {"titre": titre, "texte": content, "url": url, "geste": geste}
    return render_to_string("portail/composants/vide.html", dits)


@register.simple_block_tag(takes_context=True)
def besoin_d_aide(context: Context, content: str, question: str, libelle: str) -> str:
    """Le secours d'un écran du dépôt : sa phrase, une question de l'aide, et à qui parler."""
    dits = {str(nom): valeur for nom, valeur in context.flatten().items()}
    dits |= {"phrase": content, "question": question, "libelle": libelle}
    return render_to_string("portail/composants/besoin_d_aide.html", dits)


@register.inclusion_tag("portail/composants/temps.html", takes_context=True)
def barre_du_temps(context: Context, limite: datetime, ton: str, mot: str) -> dict[str, object]:
    """Le temps qui reste, l'heure du serveur, et où en est la réponse."""
    return {
        "limite": limite,
        "maintenant": context["heure_servie"],
        "etat_ton": ton,
        "etat_mot": mot,
    }


@register.simple_tag
def parametres(requete: Any, **changements: object) -> str:
    """La chaîne de requête de la page, un paramètre changé :
    les listes filtrées restent partageables.
    """
    valeurs = requete.GET.copy()
    for nom, valeur in changements.items():
        valeurs[nom] = str(valeur)
    return f"?{valeurs.urlencode()}"
