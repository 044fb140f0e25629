"""Les critères et leurs poids : RC-20 à RC-22."""

import re
from collections.abc import Iterator
from decimal import Decimal

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Impossible, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, dit, phrases_qui_disent
from beffroi.achat.controles.rules.rapprochement import AUTRES_MOTS, Rapprochement, mots, rapprocher
from beffroi.achat.relectures.rules.reperage import Bareme, plier
from droit.achat import Critere

_CENT = Decimal(100)
_ZERO = Decimal(0)
_TOTAUX = (_CENT, Decimal(20), Decimal(10), Decimal(1))
_ECART_D_UNE_FAUTE = Decimal(15)
_LIGNES_D_UNE_LISTE = 8
_CRITERES = re.compile(r"\bcriteres?\b")
_JUGER = re.compile(
    r"\bcriteres?\b|\bjuge\w*|\bjugement|\battribution|\bclassement\s+des\s+offres"
    r"|\bchoix\s+de\s+l'offre"
)
_SANS_ORDRE = re.compile(
    r"\bsans\s+(?:ordre|hierarchi\w+|priorite)|\bnon\s+hierarchis\w+|\bn(?:e|')\s?"
    r"(?:sont|est)\s+pas\s+(?:hierarchis\w+|classe\w*|ranges?)"
    r"|\bd'egale\s+importance|\bmeme\s+importance"
)
_ORDRE = re.compile(
    r"\bordre\s+(?:\w+\s+){0,3}?(?:d'importance|de\s+priorite|decroissant)|\bhierarchis\w+"
    r"|\bhierarchie\b|\bpar\s+ordre\b"
    r"|\bdu\s+plus\s+(?:au\s+moins\s+)?important"
)


def groupes(projet: Projet) -> Iterator[tuple[str, str, tuple[Critere, ...]]]:
    """Les critères de l'achat, puis ceux que des lots ont en propre : (nom, champ, critères)."""
    lots = projet.achat.allotissement.lots
    if projet.achat.criteres or not lots or not all(lot.criteres for lot in lots):
        yield "", "criteres", projet.achat.criteres
    for lot in lots:
        if lot.criteres:
            yield f" du lot {lot.numero}", "allotissement.lots", lot.criteres


def _presents(projet: Projet) -> Reponses:
    for nom, champ, criteres in groupes(projet):
        if not criteres:
            yield Ecart(
                quoi=f"Aucun critère ne dit comment les offres{nom} seront jugées.",
                champ=champ,
                attendu="au moins deux critères, dont un sur l'environnement",
                remede="Ajoutez les critères et leurs poids.",
            )
        noms = [critere.nom.strip().lower() for critere in criteres]
        if any(not nom_du_critere for nom_du_critere in noms) or len(set(noms)) < len(noms):
            yield Ecart(
                quoi=f"Deux critères{nom} ont le même nom, ou un critère n'a pas de nom.",
                champ=champ,
                remede="Donnez à chaque critère son nom.",
            )


def _identiques(projet: Projet, reglement: Reglement) -> Reponses:
    if not projet.achat.criteres and not any(
        lot.criteres for lot in projet.achat.allotissement.lots
    ):
        yield Impossible("La consultation n'a pas encore de critères.")
        return
    if not reglement.baremes and any(
        critere.poids is not None for critere in projet.achat.criteres
    ):
        yield absence(
            "Aucun critère pondéré n'a été reconnu dans le règlement.",
            attendu=_dire(projet.achat.criteres),
            remede="Écrivez chaque critère et son poids dans le règlement.",
        )
    for bareme in reglement.baremes:
        attendus = _attendus(projet, bareme)
        if attendus and all(critere.poids is not None for critere in attendus):
            yield from (_en_ecart(lu, attendus) for lu in rapprocher(bareme, attendus))
        elif attendus and all(critere.poids is None for critere in attendus):
            yield _poids_en_trop(bareme, attendus)
    yield from _sans_poids_et_absents(projet, reglement)


def _poids_en_trop(bareme: Bareme, attendus: tuple[Critere, ...]) -> Ecart:
    return Ecart(
        quoi="Le règlement donne des poids aux critères ; la consultation les range sans poids.",
        ou=bareme.criteres[0].critere,
        attendu=_dire(attendus),
        remede="Donnez les mêmes poids dans la consultation, ou ôtez-les du règlement.",
    )


def _sans_poids_et_absents(projet: Projet, reglement: Reglement) -> Reponses:
    """Un critère sans poids ne se lit pas dans un barème :
    son nom se cherche là où le règlement parle de juger.
    """
    sans_poids = [
        (critere, champ, criteres)
        for _, champ, criteres in groupes(projet)
        for critere in criteres
        if critere.poids is None and mots(critere.nom)
    ]
    dits = mots(" ".join(_la_ou_l_on_juge(reglement))) if sans_poids else set()
    for critere, champ, criteres in sans_poids:
        if not mots(critere.nom) & dits:
            yield Ecart(
                quoi=f"Le critère « {critere.nom} » n'est pas dans les critères du règlement.",
                champ=champ,
                attendu=_dire(criteres),
                remede="Ajoutez ce critère au règlement, ou ôtez-le de la consultation.",
                doute=AUTRES_MOTS,
                absence=True,
            )


def _attendus(projet: Projet, bareme: Bareme) -> tuple[Critere, ...]:
    return projet.achat.criteres_du_lot(bareme.lot)


def _la_ou_l_on_juge(reglement: Reglement) -> Iterator[str]:
    """Les paragraphes sur le jugement des offres, et les lignes d'une liste qu'ils annoncent."""
    reste = 0
    for paragraphe in reglement.texte.paragraphes:
        juge = _JUGER.search(plier(f"{paragraphe.titre} {paragraphe.texte}"))
        reste = _LIGNES_D_UNE_LISTE if juge else reste - 1
        if reste > 0:
            yield paragraphe.texte


def _en_ecart(lu: Rapprochement, attendus: tuple[Critere, ...]) -> Ecart:
    if lu.sorte == "poids":
        return Ecart(
            quoi=f"Le critère « {lu.nom} » n'a pas le même poids dans le règlement.",
            ou=lu.ou,
            trouve=f"{lu.trouve:f}",
            attendu=f"{lu.attendu:f}",
            remede="Reprenez le même poids partout.",
            doute=lu.doute,
        )
    if lu.sorte == "absent":
        return Ecart(
            quoi=f"Le critère « {lu.nom} » n'est pas dans les critères du règlement.",
            ou=lu.ou,
            attendu=_dire(attendus),
            remede="Ajoutez ce critère au règlement, ou ôtez-le de la consultation.",
            doute=lu.doute,
        )
    return Ecart(
        quoi=f"Le règlement a un critère que la consultation n'a pas : « {lu.nom} ».",
        ou=lu.ou,
        attendu=_dire(attendus),
        remede="Ôtez ce critère du règlement, ou ajoutez-le à la consultation.",
        doute=lu.doute,
    )


def _dire(criteres: tuple[Critere, ...]) -> str:
    return " ; ".join(f"{c.nom} {c.poids:f}" if c.poids is not None else c.nom for c in criteres)


def _sommes(projet: Projet) -> Reponses:
    for nom, champ, criteres in groupes(projet):
        poids = [critere.poids for critere in criteres if critere.poids is not None]
        if criteres and len(poids) == len(criteres):
            yield from _somme(nom, champ, criteres)
        for critere in criteres:
            yield from _sous_criteres(critere, champ)
            yield from _fourchette(critere, champ)


def _somme(nom: str, champ: str, criteres: tuple[Critere, ...]) -> Reponses:
    bas = sum((critere.poids or _ZERO for critere in criteres), _ZERO)
    haut = sum((critere.poids_maximal or critere.poids or _ZERO for critere in criteres), _ZERO)
    if not bas <= _CENT <= haut:
        fourchette = f"{bas:f}" if bas == haut else f"de {bas:f} à {haut:f}"
        yield Ecart(
            quoi=f"Les poids des critères{nom} ne font pas 100.",
            champ=champ,
            trouve=fourchette,
            attendu="100",
            remede="Corrigez les poids pour que leur somme fasse 100.",
        )


def _sous_criteres(critere: Critere, champ: str) -> Reponses:
    if not critere.sous_criteres or critere.poids is None:
        return
    somme = sum((sous.poids for sous in critere.sous_criteres), _ZERO)
    if somme != critere.poids:
        yield Ecart(
            quoi=f"Les sous-critères de « {critere.nom} » ne font pas son poids.",
            champ=champ,
            trouve=f"{somme:f}",
            attendu=f"{critere.poids:f}",
            remede="Corrigez les sous-critères, ou le poids du critère.",
        )


def _fourchette(critere: Critere, champ: str) -> Reponses:
    if critere.poids_maximal is not None and (
        critere.poids is None or critere.poids_maximal < critere.poids
    ):
        yield Ecart(
            quoi=f"La fourchette de « {critere.nom} » finit avant de commencer.",
            champ=champ,
            trouve=f"de {critere.poids} à {critere.poids_maximal}",
            attendu="un minimum, puis un maximum plus grand",
            remede="Corrigez la fourchette.",
        )


def _sommes_du_texte(reglement: Reglement) -> Reponses:
    for bareme in reglement.baremes:
        premier = bareme.criteres[0].critere
        total = _total_attendu(bareme)
        if total and len(bareme.criteres) > 1 and bareme.somme != total:
            loin = abs(bareme.somme - total) > _ECART_D_UNE_FAUTE
            yield Ecart(
                quoi=f"Les poids du règlement font {bareme.somme:f}, non {total:f}.",
                ou=premier,
                trouve=f"{bareme.somme:f}",
                attendu=f"{total:f}",
                remede="Corrigez les poids dans le règlement.",
                doute="Des critères n'ont peut-être pas été reconnus."
                if loin or len(reglement.baremes) > 1
                else "",
            )
        for groupe in bareme.criteres:
            somme = groupe.somme_des_sous_criteres
            if groupe.sous_criteres and somme not in {groupe.critere.valeur.poids, *_TOTAUX}:
                yield Ecart(
                    quoi=(
                        f"Les sous-critères de « {groupe.critere.valeur.nom} » ne "
                        "font pas son poids."
                    ),
                    ou=groupe.critere,
                    trouve=f"{somme:f}",
                    attendu=f"{groupe.critere.valeur.poids:f}",
                    remede="Corrigez les sous-critères dans le règlement.",
                    doute="Des sous-critères n'ont peut-être pas été reconnus.",
                )


def _total_attendu(bareme: Bareme) -> Decimal | None:
    """Le total que le texte annonce ; sinon 100.

    « Total : 99 » n'annonce rien ; des coefficients non plus.
    """
    if bareme.unite == "%" or bareme.somme in _TOTAUX:
        return _CENT if bareme.unite == "%" else bareme.total_annonce
    annonce = bareme.total_annonce if bareme.total_annonce != bareme.somme else None
    return annonce or (_CENT if bareme.unite == "points" else None)


def _ponderation(projet: Projet) -> Reponses:
    """Un poids pour chaque critère, ou un ordre et sa raison (CCP, art. R. 2152-12) ;
    un ordre pour une concession.
    """
    if projet.achat.est_une_concession:
        yield from _ordre_de_la_concession(projet)
        return
    if not projet.formalisee:
        return
    for nom, champ, criteres in groupes(projet):
        sans = [critere.nom for critere in criteres if critere.poids is None]
        if sans and (len(sans) < len(criteres) or not projet.achat.motif_de_la_hierarchie.strip()):
            yield Ecart(
                quoi=f"Des critères{nom} n'ont pas de poids, et la raison n'est pas dite.",
                champ=champ if len(sans) < len(criteres) else "motif_de_la_hierarchie",
                trouve=", ".join(sans),
                attendu="un poids pour chacun, ou un ordre et sa raison",
                remede="Donnez un poids à chaque critère, ou dites pourquoi c'est impossible.",
            )


def _ordre_de_la_concession(projet: Projet) -> Reponses:
    """Du plus important au moins important (CCP, art. R. 3124-5) :
    des poids, s'il y en a, ne disent pas l'inverse.
    """
    for nom, champ, criteres in groupes(projet):
        poids = [critere.poids for critere in criteres if critere.poids is not None]
        if poids != sorted(poids, reverse=True):
            yield Ecart(
                quoi=(
                    f"Les critères{nom} ne sont pas dans leur ordre d'importance : "
                    "leurs poids montent."
                ),
                champ=champ,
                trouve=_dire(criteres),
                attendu="du plus important au moins important",
                remede="Rangez les critères du plus important au moins important.",
            )
        elif 0 < len(poids) < len(criteres):
            yield Ecart(
                quoi=(
                    f"Des critères{nom} ont un poids, d'autres non : leur ordre ne se comprend pas."
                ),
                champ=champ,
                trouve=_dire(criteres),
                attendu="un poids pour chacun, ou pour aucun",
                remede="Donnez un poids à chaque critère, ou à aucun.",
                gravite=Gravite.AVERTISSEMENT,
            )


def _ordre_dans_le_texte(projet: Projet, reglement: Reglement) -> Reponses:
    """Le règlement d'une concession dit l'ordre d'importance,
    ou donne des poids qui le disent (CCP, art. R. 3124-5).
    """
    if not projet.achat.est_une_concession:
        return
    for phrase in phrases_qui_disent(reglement, _CRITERES, _SANS_ORDRE):
        yield Ecart(
            quoi="Le règlement dit que les critères ne sont pas rangés par ordre d'importance.",
            ou=phrase,
            attendu="l'ordre décroissant d'importance",
            remede="Rangez les critères, et écrivez qu'ils sont dans leur ordre d'importance.",
        )
    for bareme in reglement.baremes:
        poids = [groupe.critere.valeur.poids for groupe in bareme.criteres]
        if poids != sorted(poids, reverse=True) and dit(reglement, _CRITERES, _ORDRE):
            yield Ecart(
                quoi="Le règlement annonce un ordre d'importance que les poids contredisent.",
                ou=bareme.criteres[0].critere,
                trouve=" ; ".join(
                    f"{g.critere.valeur.nom} {g.critere.valeur.poids:f}" for g in bareme.criteres
                ),
                attendu="du plus lourd au plus léger",
                remede="Rangez les critères du plus important au moins important.",
            )
    if not reglement.baremes and not dit(reglement, _ORDRE):
        yield absence(
            "Le règlement ne dit pas l'ordre d'importance des critères.",
            attendu="« par ordre décroissant d'importance »",
            remede="Rangez les critères, et écrivez qu'ils sont dans leur ordre d'importance.",
        )


FONCTIONS = {
    "RC-20": Fonctions(projet=_presents, comparaison=_identiques),
    "RC-21": Fonctions(projet=_sommes, texte=_sommes_du_texte),
    "RC-22": Fonctions(projet=_ponderation, comparaison=_ordre_dans_le_texte),
}
