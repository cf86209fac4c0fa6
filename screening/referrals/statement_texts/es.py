"""Statement of reasons in Spanish.

Source: written for this project after Regulation (EU) 2022/2065, art. 17, 20 and 21. Licence: that of the project.
Date: 2026-11-26. Not reviewed by a lawyer who is a native speaker.
"""

from screening.referrals.statement_texts.wording import Wording

TEXTS = Wording(
    reviewed=False,
    title="Por qué se ha retirado su oferta",
    removed="Su oferta se ha retirado y ya no se muestra en la plataforma.",
    everywhere="Esto vale en todos los lugares donde se puede usar la plataforma.",
    in_countries="Esto vale en: {countries}.",
    without_end="No tiene fecha de fin.",
    until="Esto vale hasta el {date}.",
    own_initiative="Hemos examinado la oferta por iniciativa propia.",
    after_notice="Hemos examinado la oferta tras una notificación sobre ella. No revelamos quién envía notificaciones.",
    found_by_machine="Medios automatizados llamaron nuestra atención sobre la oferta. Después la leyó y decidió una persona; la decisión no fue automática.",
    found_by_people="No se usaron medios automatizados para encontrar la oferta. La leyó y decidió una persona.",
    looked_at="Estos aspectos de la oferta fueron decisivos:",
    groups={
        "freedom": "la libertad y la seguridad de quien la acepta",
        "costs": "los costes para quien la acepta",
        "conditions": "el pago, el horario y el acuerdo sobre el trabajo",
        "description": "cómo está descrita y hecha la oferta",
        "identity": "quién hace la oferta y cómo se le puede localizar",
        "dependence": "la dependencia de quien hace la oferta",
        "private_life": "cuestiones de la vida privada por las que la oferta no tiene motivo para preguntar",
        "age": "la protección de los menores",
        "tasks": "las propias tareas",
    },
    concerns={
        "trafficking_pattern": "En conjunto se conocen de ofertas con las que se llevó a personas a la explotación.",
        "sexual_exploitation": "En conjunto se conocen de ofertas con las que se explotó sexualmente a personas.",
        "forced_labour": "En conjunto se conocen de ofertas de trabajo que las personas no podían dejar libremente.",
        "labour_law": "Las condiciones parecen inferiores a lo que exige la ley en el lugar de trabajo.",
        "forced_criminality": "En conjunto se conocen de ofertas con las que se arrastró a personas a cometer delitos.",
        "employment_fraud": "En conjunto se conocen de ofertas que no eran reales.",
        "minor": "La oferta parece dirigida a menores y no respeta la protección que la ley les da.",
    },
    union="UE",
    community="CE",
    directives="Directiva {numbers}",
    fraud_law="el derecho penal nacional sobre la estafa",
    illegal="Fundamento jurídico: {laws}. Según nuestra valoración, la oferta se acerca tanto a lo que esa ley prohíbe que no puede seguir en línea.",
    terms="Fundamento contractual: las condiciones de la plataforma para ofertas de trabajo, vivienda y transporte. Según nuestra valoración, la oferta no las cumple.",
    no_judgement="Es una valoración de la oferta, no un juicio sobre usted.",
    to_fix="Si su oferta es real, puede publicarla de nuevo. Indique en ella, por favor:",
    fixes=(
        "el nombre legal completo del empleador y su número de registro",
        "la dirección del empleador y del lugar de trabajo o alojamiento",
        "en el caso de agencias: el número de licencia y el registro en el que figura",
        "que antes de empezar se firma un contrato escrito en un idioma que la persona entiende",
        "el pago, el horario y cada descuento, con importes",
        "que nadie paga por conseguir el trabajo",
    ),
    redress="Si no está de acuerdo:",
    complaint="Puede reclamar ante nosotros gratis en un plazo de seis meses; sobre la reclamación decide una persona (Reglamento (UE) 2022/2065, art. 20).",
    out_of_court="Puede acudir a un órgano certificado de resolución extrajudicial de litigios (art. 21).",
    court="Puede acudir a los tribunales en cualquier momento.",
)
