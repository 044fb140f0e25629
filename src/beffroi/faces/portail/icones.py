"""Les icônes : grille de 24 px, trait de 2 px.

Toujours à côté d'un mot, jamais seules dans un bouton.
"""

ICONES: dict[str, str] = {
    "alerte": '<path d="M12 3.5 22 20.5H2ZM12 10v4.5M12 17.4v.1"/>',
    "attente": '<path d="M6 3h12M6 21h12M7 3c0 5 5 6 5 9s-5 4-5 9M17 3c0 5-5 6-5 9s5 4 5 9"/>',
    "bas": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "cadenas": '<path d="M5 11h14v10H5ZM8 11V7.5a4 4 0 0 1 8 0V11"/>',
    "cherche": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
    "cle": '<circle cx="8" cy="12" r="4.5"/><path d="M12.5 12H21v4M17 12v3"/>',
    "crayon": '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19ZM14 6.5 17.5 10"/>',
    "croix": '<path d="M6 6l12 12M18 6 6 18"/>',
    "demi": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17Z" '
        'fill="currentColor"/>'
    ),
    "fichier": '<path d="M6 3h8l5 5v13H6ZM14 3v5h5"/>',
    "haut": '<path d="M12 16V5M7 9.5l5-5 5 5M4 20h16"/>',
    "heure": '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.5 2.5"/>',
    "hors-ligne": (
        '<path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.3M19 12a10 10 0 0 '
        '0-5-2.6M12 19v.1"/>'
    ),
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "ok": '<path d="M4 12.5 9.5 18 20 6.5"/>',
    "pause": '<path d="M8.5 5v14M15.5 5v14"/>',
    "personne": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>',
    "plus": '<path d="M12 4v16M4 12h16"/>',
    "rond": '<circle cx="12" cy="12" r="8.5"/>',
    "stop": '<path d="M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3ZM12 7.5V13M12 16.4v.1"/>',
    "suite": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "tel": (
        '<path d="M5 3.5h4l1.8 5-2.3 1.6a12 12 0 0 0 5.4 5.4l1.6-2.3 5 1.8v4A1.8 1.8 0 0 1 18.6 21'
        'C10.5 20.6 3.4 13.5 3 5.4A1.8 1.8 0 0 1 5 3.5Z"/>'
    ),
}


def planche() -> str:
    """Toutes les icônes en symboles, à poser une fois par page."""
    symboles = "".join(
        f'<symbol id="i-{nom}" viewBox="0 0 24 24">{trace}</symbol>'
        for nom, trace in ICONES.items()
    )
    return (
        '<svg width="0" height="0" class="vh" aria-hidden="true" focusable="false">'
        f"<defs>{symboles}</defs></svg>"
    )
