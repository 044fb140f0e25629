"""La suite de ce que les gabarits, les styles et les scripts prouvent du RGAA :
liens, titres, listes, messages, champs.
"""

import re

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from beffroi.garde.conformite.tests.test_gabarits_accessibles import (
    RACINE,
    SCRIPTS,
    STYLES,
    TEXTES,
    balises,
    contenus,
)
from formats.blancs_html import serrer

THEME = RACINE / "src/beffroi/faces/portail/static/beffroi/theme"
ECRITS = [f for f in SCRIPTS if "static/beffroi/js" not in f.as_posix()]
# Ce que l'on lit : le gabarit, sans ses balises ni sa mécanique.
LUS = {
    f: re.sub(
        r"<(script|style|code|pre)\b.*?</\1>|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", texte, flags=re.S
    )
    for f, texte in TEXTES.items()
}


def ou(motif: str, textes: dict = TEXTES) -> list[str]:
    return [
        f"{f.name} : {trouve[0]}"
        for f, texte in textes.items()
        for trouve in re.finditer(motif, texte)
    ]


def test_un_dessin_qui_parle_a_une_alternative_et_une_legende_reliee():
    """Un dessin muet double un texte ;
    un dessin qui parle se nomme, et sa figure porte le nom de sa légende (1.3, 1.9).
    """
    parlants = [b for _, b in balises("svg") if 'role="img"' in b]
    figures = [b for _, b in balises("figure")]
    assert parlants and all(re.search(r'aria-label="[^"]{10,}', b) for b in parlants)
    assert figures and all('role="figure"' in b and "aria-labelledby=" in b for b in figures)


def test_aucun_tableau_complexe():
    """Une cellule ne s'étend que pour dire qu'il n'y a rien ;
    nulle part deux rangs d'en-têtes (5.1).
    """
    etendues = ou(r"(rowspan|colspan|headers)=[^>]*>[^<]{0,3}")
    assert all("colspan" in e and re.search(r">Au", e) for e in etendues)
    assert ou(r"(?s)<thead>(?:(?!</thead>).)*<tr(?:(?!</thead>).)*<tr") == []


def test_le_titre_d_un_tableau_nomme_ce_qu_il_contient():
    """Ni un ordre, ni un compte de lignes pour seul titre (5.5)."""
    vagues = (
        r"<caption[^>]*>(Lignes? \{\{|La dernière d|Le dernier d|La plus |Du plus |De la première"
        r"|Sur les |Au-delà)"
    )
    assert ou(vagues) == [] and ou(r"<caption[^>]*>\s*</caption>") == []


def test_aucun_lien_ne_dit_ici_ou_lire_la_suite():
    """Le nom d'un lien dit où il mène, et une fenêtre neuve s'annonce (6.1, 13.2)."""
    assert (
        ou(
            r"(?i)<a\b[^>]*>\s*(ici|lire|lire la suite|voir|plus|en savoir plus|suite|détails?|lien"
            r"|cliquez[^<]*)\s*</a>"
        )
        == []
    )
    neuves = ou(r'(?s)<a\b[^>]*target="_blank"[^>]*>.*?</a>')
    assert neuves and [lien for lien in neuves if "nouvel onglet" not in lien] == []


def test_le_nom_dit_d_un_lien_ou_d_un_bouton_contient_le_nom_lu():
    """Qui parle à son ordinateur dit ce qu'il lit :
    rien ne remplace le texte visible (6.1.5, 11.9.2).
    """
    assert ou(r"(?s)<(a|button)\b[^>]*aria-label") == []


def test_une_page_qui_se_recharge_seule_le_dit():
    """Ce qui suit une séance se recharge quand elle avance, et prévient avant (7.4)."""
    suiveuses = [texte for texte in TEXTES.values() if "data-suivre=" in texte]
    cles = [
        texte
        for texte in TEXTES.values()
        if 'data-role="presidence"' in texte or 'data-role="participant"' in texte
    ]
    assert suiveuses and all("La page se recharge seule" in texte for texte in suiveuses)
    assert cles and all("la page passe seule à la suite" in texte for texte in cles)


def test_un_message_de_statut_a_son_role():
    """Ce que les scripts écrivent est dans un `status`, une erreur dans un `alert` (7.5)."""
    assert ou(r'<(?![^>]*role="(status|alert|log)")[^>]*aria-live=') == []
    erreurs = ou(r"<[^>]*\bdata-erreur(?![-\w])[^>]*>")
    messages = ou(
        r"<[^>]*\bdata-(message|statut|avancement|conclusion|resultat|comparaison|deroulement"
        r"|compte)(?![-\w])[^>]*>"
    )
    assert erreurs and all('role="alert"' in e for e in erreurs)
    assert messages and [m for m in messages if 'role="status"' not in m] == []


def test_ce_que_le_validateur_refusait_ne_revient_pas():
    """`pre` nommé sans rôle, instant au microseconde, numéro avec des espaces :
    le validateur du W3C les refuse (8.2).
    """
    assert [b for _, b in balises("pre") if "aria-label" in b and "role=" not in b] == []
    assert ou(r"datetime=\"\{\{[^}]*(isoformat|date:'c')") == []
    assert ou(r'href="tel:\{\{ (?!service\.)[^|}]*\}\}') == []


@pytest.mark.parametrize("rang,titre", [(1, "Les marchés"), (2, "Les marchés, page 2")])
def test_chaque_page_d_une_liste_a_son_titre(rang, titre):
    """La deuxième page d'une liste se nomme deuxième (8.6)."""
    base = next(f.read_text("utf-8") for f in TEXTES if f.parts[-2:] == ("portail", "base.html"))
    morceau = re.search(r"(?s)<title>.*?(\{% block titre %\}.*?) – ", base)
    page = Paginator(range(60), 25).page(rang)
    bloc = morceau[1].replace("{% block titre %}{% endblock %}", "Les marchés")
    assert (
        serrer(Template(f"<title>{bloc}</title>").render(Context({"pages": page})))
        == f"<title>{titre}</title>"
    )


def test_seuls_les_noms_des_regles_d_axe_sont_dans_une_autre_langue_et_le_disent():
    """Tout le reste est en français, et se lit de gauche à droite (8.7, 8.8, 8.10)."""
    assert ou(r"(?i)(?<![\w-])(the|and|with|your|please|is|are|of)(?![\w-])", LUS) == []
    assert ou(r"[\u0590-\u08ff]", LUS) + ou(r"<(?!html)\w+[^>]* (dir|hreflang)=") == []
    assert ou(r"<(?!html)\w+[^>]* lang=.*?</span>") == [
        'accessibilite.html : <span lang="en">{{ c.axe|join:", " }}</span>'
    ]


def test_aucune_balise_ne_sert_a_espacer_ni_a_decorer():
    """Ni paragraphe ou élément de liste vide, ni sauts de ligne en suite (8.9)."""
    assert ou(r"<(p|li|h[1-6])>\s*</\1>|<br>\s*<br>|&nbsp;\s*&nbsp;") == []


def test_une_liste_est_une_liste():
    """Aucun tiret ni numéro tapé en tête de paragraphe ;
    une liste ne contient que ses éléments (9.3).
    """
    assert ou(r"<p[^>]*>\s*(?:[-–•*·]|\d+[.)])\s") == []


def test_ce_qu_une_personne_a_ecrit_est_une_citation():
    """Les mots repris d'un document ou d'une personne sont dans `q` ou `blockquote` (9.4)."""
    assert ou(r"« ?\{\{ [\w.]*\b(motif_du_renvoi|trouve|passage|message)\b[^}]*\}\}") == []
    assert balises("q") and balises("blockquote")


def test_les_styles_n_apportent_aucune_information():
    """Ni image, ni mot dans les styles : sans eux, tout reste (10.2)."""
    textes = {f: f.read_text("utf-8") for f in STYLES if f.parent == THEME}
    ecrits = {m for t in textes.values() for m in re.findall(r"(?<!-)content: ([^;]+);", t)}
    rangs = {'counter(g) ". "', "counter(m)", "counter(pas)", "counter(flux)"}
    assert ecrits == {'""', '"/"', '"·"', '" (" attr(href) ")"'} | rangs
    assert {
        m for t in textes.values() for m in re.findall(r"url\(([^)]+)\)", t) if "woff2" not in m
    } == set()


def test_le_texte_grandit_avec_le_reglage_de_chacun():
    """Les tailles sont relatives, rien n'interdit d'agrandir (10.4)."""
    fixes = [
        f.name
        for f in STYLES
        if re.search(r"font-size:\s*[\d.]+(px|pt)", f.read_text("utf-8"))
        if f.parent == THEME
    ]
    assert set(fixes) <= {"analyse.css", "impression.css"}, (
        "les mots d'un dessin ont l'échelle du dessin"
    )
    assert ou(r"maximum-scale|user-scalable") == []


def test_la_page_declare_sa_couleur_et_son_fond_ensemble():
    """Tout hérite d'un fond et d'une encre déclarés au même endroit (10.5)."""
    corps = re.search(r"\nbody \{([^}]*)\}", (THEME / "socle.css").read_text("utf-8"))[1]
    assert "background: var(--papier)" in corps and "color: var(--encre)" in corps


def test_le_contour_du_foyer_n_est_jamais_ote():
    assert contenus(STYLES, r"outline(-style|-width)?\s*:\s*(none|0)\b") == []
    assert ":focus-visible {\n  outline: 3px solid var(--bleu);" in (THEME / "socle.css").read_text(
        "utf-8"
    )


def test_seul_un_decor_se_tait():
    """Ce qui est caché aux lecteurs d'écran est un dessin,
    ou la barre des étapes que la phrase suivante dit (10.8).
    """
    tus = ou(r'<(?!svg)\w+[^>]*aria-hidden="true"[^>]*>')
    assert tus and [t for t in tus if 'class="etapes' not in t] == []
    assert ou(r"(?s)<button[^>]*aria-hidden|<a [^>]*aria-hidden") == []


def test_aucune_consigne_ne_tient_a_une_couleur_une_forme_ou_une_place():
    """« Le bouton vert », « la colonne de droite » :
    aucune consigne n'en dépend (3.1, 10.9, 10.10).
    """
    consignes = (
        r"(?i)\b(bouton|lien|colonne|case|champ|icône)s? "
        r"(de |à )?(droite|gauche|vert|rouge|bleu|gris|rond|carré)"
    )
    assert (
        ou(consignes, LUS) == []
        and ou(r"(?i)\bci-contre\b|\ben (rouge|vert|bleu|orange|gris)\b", LUS) == []
    )


def test_rien_ne_coupe_un_texte_espace():
    """Seul un texte caché à l'œil, ou le décor de l'accueil,
    est dans une boîte qui coupe (10.12).
    """
    coupent = {
        " ".join(regle[1].split())
        for f in STYLES
        if f.parent == THEME
        for regle in re.finditer(
            r"([^{}]+)\{([^{}]*overflow: hidden[^{}]*)\}", f.read_text("utf-8")
        )
        if "clip-path: inset(50%)" not in regle[2]
    }
    assert (
        coupent == {".accueil"}
        and contenus([f for f in STYLES if f.parent == THEME], "text-overflow") == []
    )


def test_un_clic_s_entend_sur_ce_qui_se_presse():
    """Les scripts écoutent des boutons et des liens :
    le clavier y arrive comme la souris (7.3, 13.11).
    """
    appuis = contenus(ECRITS, r"mousedown|touchstart|pointerdown|dblclick|contextmenu")
    assert set(appuis) <= {"presence.js"}, "la présence s'y signale, aucun acte n'y part"
    assert ou(r"<\w+[^>]* on(click|change|key\w+|mouse\w+)=") == []


def test_les_raccourcis_sont_dans_un_seul_script_qui_les_coupe():
    """Une touche seule n'agit que dans la relecture,
    où un bouton les coupe, ou dans le champ où l'on écrit (12.10).
    """
    assert set(contenus(ECRITS, r"addEventListener\(\"key")) == {"raccourcis.js", "notes.ts"}
    assert 'champ.addEventListener("keydown"' in (RACINE / "navigateur/pages/notes.ts").read_text(
        "utf-8"
    )
    assert "Couper les raccourcis" in (
        RACINE / "src/beffroi/achat/relectures/static/relectures/raccourcis.js"
    ).read_text("utf-8")


def test_un_champ_facultatif_se_dit_dans_son_etiquette_sur_le_formulaire_commun():
    commun = next(
        texte for f, texte in TEXTES.items() if f.parts[-2:] == ("comptes", "formulaire.html")
    )
    assert "{% champ field %}" in commun


def test_aucun_moteur_de_recherche_de_tout_le_site():
    """Chaque recherche est celle de la liste qu'elle surmonte ;
    aucune n'est dans l'en-tête ni le pied (12.5).
    """
    communs = [
        t
        for f, t in TEXTES.items()
        if f.name in {"base.html", "navigation.html", "pied.html", "enseigne.html"}
    ]
    assert communs and all("search" not in texte for texte in communs)
