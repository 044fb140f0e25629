"""Le rapport d'un contrôle, en lignes pour une personne ou en JSON pour un autre programme."""

import json
from collections.abc import Iterator
from itertools import groupby

from beffroi.achat.controles.rules import Constat, Gravite, Rapport
from droit.dates import en_toutes_lettres
from formats.lecture import Texte

SIGNES = {Gravite.BLOQUANT: "NON ", Gravite.AVERTISSEMENT: "!   ", Gravite.INFORMATION: "    "}
SORTES = {"pdf": "PDF", "docx": "DOCX", "odt": "ODT"}
PORTEE = "Ce contrôle est de premier niveau : il ne remplace pas l'avis d'un juriste."


def en_lignes(rapport: Rapport, texte: Texte | None, *, nom: str) -> str:
    return "\n".join(
        [
            f"{nom} : {SORTES[texte.sorte]}, {_etendue(texte)}" if texte else f"{nom} : non lu",
            f"Contrôlé au {en_toutes_lettres(rapport.le.date())} (règles {rapport.regles})",
            *(
                f"{'Lu en partie' if texte else 'Contrôle partiel'} : {lacune}"
                for lacune in rapport.lacunes
            ),
            "",
            *(ligne for constat in rapport.par_gravite for ligne in _constat(constat)),
            *_non_joues(rapport),
            *_questions(rapport),
            bilan(rapport),
            PORTEE,
        ]
    )


def _etendue(texte: Texte) -> str:
    pages = max((p.page or 0 for p in texte.paragraphes), default=0)
    combien = f"{len(texte.paragraphes)} paragraphe{'s' if len(texte.paragraphes) > 1 else ''}"
    return f"{pages} page{'s' if pages > 1 else ''}, {combien}" if pages else combien


def _constat(constat: Constat) -> Iterator[str]:
    ou = f", {constat.place}" if constat.place else ""
    yield f"{SIGNES[constat.gravite]}{constat.code}, {constat.gravite.value}{ou}"
    yield f"      {constat.quoi}"
    for intitule, valeur in (
        ("Trouvé", constat.trouve),
        ("Attendu", constat.attendu),
        ("Pourquoi", str(constat.pourquoi)),
        ("Doute", constat.doute),
        ("À faire", constat.remede),
    ):
        if valeur:
            yield f"      {intitule} : {valeur}"
    yield ""


def _non_joues(rapport: Rapport) -> Iterator[str]:
    """Regroupés par raison : la même vaut souvent pour trente contrôles."""
    tries = sorted(rapport.non_joues, key=lambda non_joue: non_joue.raison)
    groupes = [
        (raison, [n.code for n in groupe])
        for raison, groupe in groupby(tries, key=lambda n: n.raison)
    ]
    if groupes:
        yield "Ce qui n'a pas été contrôlé :"
        for raison, codes in groupes:
            yield f"      {', '.join(dict.fromkeys(codes))} : {raison}"
        yield ""


def _questions(rapport: Rapport) -> Iterator[str]:
    if rapport.questions:
        yield "À regarder vous-même :"
        for question in rapport.questions:
            yield f"      {question.code} : {question.texte}"
        yield ""


def bilan(rapport: Rapport) -> str:
    """« 1 constat bloque, 3 avertissent, aucun n'informe. »"""
    comptes = rapport.comptes
    mots = {
        Gravite.BLOQUANT: "bloquant",
        Gravite.AVERTISSEMENT: "avertissement",
        Gravite.INFORMATION: "information",
    }
    dits = [f"{n} {mots[g]}{'s' if n > 1 else ''}" for g, n in comptes.items() if n]
    partiel = " Le contrôle est partiel." if rapport.est_partiel else ""
    return f"{'Bilan : ' + ', '.join(dits) if dits else 'Aucun constat'}.{partiel}"


def en_json(rapport: Rapport, texte: Texte | None, *, nom: str) -> str:
    contenu = {
        "document": {
            "nom": nom,
            "sorte": texte.sorte if texte else None,
            "pages": max((p.page or 0 for p in texte.paragraphes), default=0) or None
            if texte
            else None,
            "paragraphes": len(texte.paragraphes) if texte else None,
            "lacunes": list(rapport.lacunes),
        },
        "le": rapport.le.isoformat(),
        "regles": {
            "version": rapport.regles.version,
            "empreinte_des_tables": rapport.regles.empreinte_des_tables,
            "empreinte_des_regles": rapport.regles.empreinte_des_regles,
        },
        "bloque": rapport.bloque,
        "partiel": rapport.est_partiel,
        "constats": [_constat_en_json(constat, texte) for constat in rapport.par_gravite],
        "joues": list(rapport.joues),
        "non_joues": [
            {"code": n.code, "titre": n.titre, "raison": n.raison} for n in rapport.non_joues
        ],
        "questions": [
            {"code": q.code, "titre": q.titre, "texte": q.texte} for q in rapport.questions
        ],
        "portee": PORTEE,
    }
    return json.dumps(contenu, ensure_ascii=False, indent=2)


def _constat_en_json(constat: Constat, texte: Texte | None) -> dict[str, object]:
    lu = texte.paragraphes[constat.paragraphe - 1] if texte and constat.paragraphe else None
    return {
        "code": constat.code,
        "gravite": constat.gravite.value,
        "quoi": constat.quoi,
        "page": lu.page if lu else None,
        "titre": lu.titre if lu else "",
        "paragraphe": constat.paragraphe,
        "trouve": constat.trouve,
        "attendu": constat.attendu,
        "article": str(constat.pourquoi.source) if constat.pourquoi.source else "",
        "pourquoi": constat.pourquoi.texte,
        "remede": constat.remede,
        "champ": constat.champ,
        "doute": constat.doute,
    }
