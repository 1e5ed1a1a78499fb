"""The words of the site in both languages: columns, codes of no label seed, and the frame.

Marts give a column one name for one meaning, so that one list serves every figure.
"""

from dataclasses import dataclass
from typing import Literal

from customer_value.site.model import Text

Kind = Literal[
    "count",
    "money",
    "price",
    "ratio",
    "number",
    "coefficient",
    "date",
    "month",
    "instant",
    "flag",
    "text",
    "code",
    "label",
]


@dataclass(frozen=True, slots=True)
class Word:
    """A column's title, and how its values are written.

    ``of`` is the kind of label (``dim_labels``) or the list of ``CODES`` its values come from.
    """

    en: str
    zh: str
    kind: Kind = "count"
    of: str = ""


COLUMNS: dict[str, Word] = {
    "abc_class": Word("Class", "ABC 分类", "label", "abc_class"),
    "active_customers_change": Word("Active, change", "活跃变化"),
    "active_customers_count": Word("Active", "活跃"),
    "actual_net_revenue": Word("Actual", "实际", "money"),
    "actual_to_predicted_ratio": Word("Actual to predicted", "实际与预测之比", "coefficient"),
    "ageing_change": Word("Ageing", "时间流逝", "money"),
    "as_of_date": Word("As of", "截止日期", "date"),
    "at_utc": Word("When (UTC)", "时间（UTC）", "instant"),
    "audit_status": Word("Result", "结果", "code", "audit_status"),
    "batch_kind": Word("Batch", "批次", "code", "batch_kind"),
    "batches_count": Word("Batches", "批次数"),
    "before_date": Word("Before", "此前日期", "date"),
    "before_version": Word("Before", "此前版本", "text"),
    "best_customers_ratio": Word("Best customers", "最好的客户", "ratio"),
    "business_unit": Word("Business unit", "业务单元", "code", "business_unit"),
    "buyers_change": Word("Buyers, change", "购买客户数变化"),
    "buyers_count": Word("Buyers", "购买客户数"),
    "by": Word("By", "由", "text"),
    "checks_failed_count": Word("Failed", "未通过"),
    "checks_held_count": Word("Held", "通过"),
    "closing_value": Word("Value now", "现在的价值", "money"),
    "code": Word("Code", "代码版本", "text"),
    "cohort_month_date": Word("Cohort", "同期群", "month"),
    "costed_orders_ratio": Word("Orders of known cost", "成本已知的订单", "ratio"),
    "cumulative_net_revenue_per_customer": Word(
        "Net revenue per customer so far", "每位客户累计净收入", "money"
    ),
    "cumulative_predicted_ratio": Word("Expected, next 365 days", "未来 365 天预期", "ratio"),
    "cumulative_revenue_ratio": Word("Net revenue so far", "累计净收入", "ratio"),
    "customer_id": Word("Customer", "客户", "text"),
    "customer_status": Word("Status", "状态", "label", "customer_status"),
    "customers_change": Word("Change", "变化"),
    "customers_count": Word("Customers", "客户数"),
    "customers_ratio": Word("Share of customers", "客户占比", "ratio"),
    "cut_off_date": Word("Quarter from", "季度起始", "date"),
    "deleted_rows_count": Word("Deleted", "已删除"),
    "delivered_rows_count": Word("Delivered", "已交付"),
    "digest": Word("Digest", "内容摘要", "text"),
    "duplicate_rows_count": Word("Known already", "重复"),
    "expected_alive_customers_count": Word("Expected still customers", "预期仍为客户"),
    "first_score": Word("First score", "第一项评分"),
    "frequency_score": Word("F", "频率 F"),
    "from_segment": Word("From", "起始细分", "label", "rfm_segment"),
    "from_transitions_count": Word("Customer months", "客户月"),
    "gap_to_potential": Word("Gap to potential", "与潜力的差距", "money"),
    "gini_coefficient": Word("Gini coefficient", "基尼系数", "coefficient"),
    "horizon_days": Word("Potential over days", "潜力天数"),
    "identity_change": Word("Identity", "身份归并", "money"),
    "information_change": Word("New information", "新信息", "money"),
    "is_chosen": Word("In use", "使用中", "flag"),
    "is_complete": Word("Complete", "完整月份", "flag"),
    "is_live": Word("Live", "当前", "flag"),
    "is_past_long_gap": Word("Alert", "预警", "flag"),
    "last_occasion_date": Word("Last bought", "最近购买", "date"),
    "last_order_date": Word("Last order", "最后订单", "date"),
    "late_data_change": Word("Late data", "迟到数据", "money"),
    "loaded_rows_count": Word("Loaded", "已加载"),
    "lost_customers_change": Word("Lost, change", "流失变化"),
    "lost_customers_count": Word("Lost", "流失"),
    "margin": Word("Margin", "毛利", "money"),
    "margin_change": Word("Margin, change", "毛利变化", "money"),
    "mean_absolute_error": Word("Mean error per customer", "每位客户平均误差", "price"),
    "mean_occasions_count": Word("Occasions per customer", "人均购买次数", "number"),
    "mean_recency_days": Word("Days since last purchase", "距上次购买天数", "number"),
    "megabytes": Word("MB", "MB", "number"),
    "method_name": Word("Method", "方法", "code", "method"),
    "model_change": Word("New model", "新模型", "money"),
    "model_fitted_date": Word("Model fitted", "模型拟合日期", "date"),
    "model_name": Word("Model", "模型", "code", "method"),
    "model_reason": Word("Reason", "理由", "text"),
    "monetary_score": Word("M", "金额 M"),
    "month_start_date": Word("Month", "月份", "month"),
    "months_since_first": Word("Months since first order", "距首次订购月数"),
    "move_kind": Word("Move", "方式", "code", "move_kind"),
    "net_revenue": Word("Net revenue", "净收入", "money"),
    "net_revenue_change": Word("Net revenue, change", "净收入变化", "money"),
    "net_revenue_per_buyer": Word("Net revenue per buyer", "每位购买客户净收入", "price"),
    "new_orders_change": Word("New orders", "新订单", "money"),
    "observed_date": Word("Seen by load of", "所属加载", "date"),
    "occasions_coverage_ratio": Word("Inside 90 % interval", "落在 90% 区间", "ratio"),
    "opening_date": Word("From", "期初日期", "date"),
    "opening_value": Word("Value then", "期初价值", "money"),
    "orders_count": Word("Orders", "订单数"),
    "pair": Word("Scores", "评分", "code", "pair"),
    "potential_net_revenue": Word("Potential", "购买潜力", "money"),
    "predicted_customers_count": Word("Customers with a prediction", "有预测的客户"),
    "predicted_net_revenue": Word("Predicted", "预测", "money"),
    "predicted_net_revenue_next_1095_days": Word("Expected, 3 years", "未来三年预期", "money"),
    "predicted_net_revenue_next_365_days": Word("Expected, 365 days", "未来 365 天预期", "money"),
    "predicted_net_revenue_next_365_days_lower": Word("At least", "区间下限", "money"),
    "predicted_net_revenue_next_365_days_upper": Word("At most", "区间上限", "money"),
    "predicted_net_revenue_next_90_days": Word("Expected, 90 days", "未来 90 天预期", "money"),
    "predicted_net_revenue_next_90_days_lower": Word("At least", "区间下限", "money"),
    "predicted_net_revenue_next_90_days_upper": Word("At most", "区间上限", "money"),
    "predicted_residual_net_revenue": Word("Residual value", "剩余价值", "money"),
    "probability_alive": Word("Probability alive", "存活概率", "ratio"),
    "published_at_utc": Word("Live since (UTC)", "生效时间（UTC）", "instant"),
    "purchase_occasions_count": Word("Occasions", "购买次数"),
    "quarantined_rows_count": Word("Quarantined", "已隔离"),
    "range_from": Word("Expected of 365 days, from", "365 天预期，自", "money"),
    "range_position": Word("Range", "区间"),
    "range_to": Word("to", "至", "money"),
    "rank_correlation": Word("Rank correlation", "秩相关", "coefficient"),
    "reactivated_customers_change": Word("Reactivated, change", "重新激活变化"),
    "reactivated_customers_count": Word("Reactivated", "重新激活"),
    "recency_days": Word("Days since last purchase", "距上次购买天数"),
    "recency_score": Word("R", "近度 R"),
    "refunds_change": Word("Refunds", "退款", "money"),
    "residual_rows_count": Word("Unexplained", "未解释"),
    "retention_ratio": Word("Retention", "留存率", "ratio"),
    "retention_ratio_lower": Word("Retention, at least", "留存率下限", "ratio"),
    "retention_ratio_upper": Word("Retention, at most", "留存率上限", "ratio"),
    "revenue_ratio": Word("Share of revenue", "收入占比", "ratio"),
    "rows_count": Word("Rows", "行数"),
    "run_id": Word("Run", "运行", "text"),
    "second_score": Word("Second score", "第二项评分"),
    "seconds": Word("Seconds", "秒", "number"),
    "segment": Word("Segment", "细分", "label", "rfm_segment"),
    "silent_days": Word("Days since the last order", "距最后订单天数"),
    "slipping_customers_change": Word("Slipping, change", "下滑变化"),
    "slipping_customers_count": Word("Slipping", "下滑"),
    "snapshot_date": Word("Snapshot", "快照日", "date"),
    "step": Word("Step", "步骤", "text"),
    "superseded_rows_count": Word("Superseded", "已取代"),
    "system": Word("Source system", "源系统", "text"),
    "table_name": Word("Table", "表", "text"),
    "tenure_days": Word("Tenure in days", "关系时长（天）"),
    "to_segment": Word("To", "去向细分", "label", "rfm_segment"),
    "top_10_percent_revenue_ratio": Word("Of the best 10 %", "前 10% 客户占比", "ratio"),
    "top_1_percent_revenue_ratio": Word("Of the best 1 %", "前 1% 客户占比", "ratio"),
    "top_20_percent_revenue_ratio": Word("Of the best 20 %", "前 20% 客户占比", "ratio"),
    "top_tenth_revenue_ratio": Word(
        "Revenue of predicted best tenth", "预测前十分之一的收入占比", "ratio"
    ),
    "transition_ratio": Word("Share a month later", "一个月后比率", "ratio"),
    "transition_ratio_lower": Word("Share, at least", "比率下限", "ratio"),
    "transition_ratio_upper": Word("Share, at most", "比率上限", "ratio"),
    "transitions_count": Word("Moves", "转移次数"),
    "unit_customers_count": Word("All customers", "全部客户"),
    "unknown_customer_orders_count": Word("Orders of no known customer", "客户未知的订单"),
    "version": Word("Version", "版本", "text"),
    "why": Word("Why", "原因", "text"),
    "window_mean_net_revenue": Word("Net revenue per occasion", "单次净收入", "price"),
    "window_net_revenue": Word("Net revenue, 24 months", "24 个月净收入", "money"),
    "window_net_revenue_change": Word("Change", "变化", "money"),
    "window_occasions_count": Word("Occasions", "购买次数"),
}

# What no label seed names: words of the machinery, and names of methods.
CODES: dict[str, dict[str, Text]] = {
    "audit_status": {
        "done": Text("passed", "通过"),
        "failed": Text("failed", "未通过"),
        "not an audit": Text("–", "–"),
    },
    "batch_kind": {
        "complete": Text("complete", "全量"),
        "changes": Text("changes", "增量"),
        "replay": Text("replay", "重放"),
    },
    "business_unit": {
        "retail": Text("Retail", "零售"),
        "industrial": Text("Industrial", "工业"),
    },
    "method": {
        "bg_nbd": Text("BG/NBD", "BG/NBD"),
        "mbg_nbd": Text("MBG/NBD", "MBG/NBD"),
        "pareto_nbd": Text("Pareto/NBD", "Pareto/NBD"),
        "nbd": Text("NBD", "NBD"),
        "naive_mean": Text("Naive mean", "朴素均值"),
        "margin_multiple": Text("Margin multiple", "毛利倍数法"),
        "markov_chain": Text("Markov chain", "马尔可夫链"),
        "gradient_boosting": Text("Gradient boosting", "梯度提升"),
    },
    "move_kind": {
        "publish": Text("published", "发布"),
        "rollback": Text("rolled back", "回退"),
    },
    "pair": {
        "frequency_monetary": Text("Frequency × money", "频率 × 金额"),
        "recency_frequency": Text("Recency × frequency", "近度 × 频率"),
        "recency_monetary": Text("Recency × money", "近度 × 金额"),
    },
}

# Words of the frame around the figures.
FRAME: dict[str, Text] = {
    "site": Text("Customer value", "客户价值"),
    "other_language": Text("中文", "English"),
    "skip": Text("Skip to content", "跳到正文"),
    "menu": Text("Pages", "页面"),
    "unit": Text("Business unit", "业务单元"),
    "simulated": Text(
        "Simulated: no number here is of a real company.", "模拟数据：此处数字不属于任何真实公司。"
    ),
    "as_of": Text("Data as of", "数据截止"),
    "as_of_note": Text("not included", "不含当日"),
    "version": Text("Version", "版本"),
    "stale": Text(
        "This page may be out of date: its version went live {days} days ago, and a new one is due "
        "every night. The data health page of the newest site, or whoever runs the load, knows "
        "more.",
        "本页可能已过时：其版本于 {days} 天前生效，而每晚应有新版本。"
        "请查看最新站点的“数据健康”页或询问运维人员。",
    ),
    "definition": Text("Definition and SQL", "定义与 SQL"),
    "source": Text("Where it is kept", "记录来源"),
    "tables": Text(
        "Tables read, as the warehouse describes them", "所读数据表（仓库中的英文说明）"
    ),
    "copy": Text("Copy SQL", "复制 SQL"),
    "copied": Text("Copied", "已复制"),
    "csv": Text("CSV", "CSV"),
    "csv_title": Text("Save the rows shown as CSV", "将所示行保存为 CSV"),
    "sample": Text("n = {n} {what}", "n = {n} {what}"),
    "range": Text("{low} to {high}", "{low} 至 {high}"),
    "band": Text("{low} to {high}, nine times in ten", "{low} 至 {high}（九成把握）"),
    "no_band": Text(
        "No band: fewer than three past quarters to judge by.", "无区间：可供回测的季度不足三个。"
    ),
    "before": Text("{change} since {date}", "较{date} {change}"),
    "compared": Text("{change} on the month before", "较前一月 {change}"),
    "none_before": Text("Nothing earlier to compare with.", "没有更早的数据可比较。"),
    "insufficient": Text("Insufficient data", "数据不足"),
    "empty": Text("No rows for this choice.", "此选择下没有数据。"),
    "empty_text": Text(
        "Nothing of this kind has been loaded, or the filters above leave nothing.",
        "尚未加载此类数据，或上方筛选后没有结果。",
    ),
    "all": Text("All", "全部"),
    "search": Text("Search customers", "搜索"),
    "rows_shown": Text("{shown} of {all} rows", "共 {all} 行，显示 {shown} 行"),
    "sort": Text("Sort by {column}", "按{column}排序"),
    "measure": Text("Show", "显示"),
    "yes": Text("Yes", "是"),
    "no": Text("No", "否"),
    "and_more": Text("{low} and more", "{low} 以上"),
    "script": Text(
        "This page draws its figures with JavaScript; nothing leaves this file.",
        "本页使用 JavaScript 绘图；数据不会离开此文件。",
    ),
    "down": Text("first ↓", "前者 ↓"),
    "across": Text("second →", "后者 →"),
}
